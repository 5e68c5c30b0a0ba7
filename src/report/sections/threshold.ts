/** At what probability the best learner raises an alarm. */
import { sigmoid } from "../../core/math.ts";
import { NEVER } from "../../evaluation/candidate-thresholds.ts";
import type { ReportData } from "../data.ts";
import { defined, percent } from "../format.ts";
import { bestLearner, durationInWords } from "../words.ts";

/** Null where the best learner is a baseline, whose score is no probability, or has no threshold. */
export function thresholdSentence(data: ReportData): string | null {
  const best = bestLearner(data);
  if (best === undefined || best.baseline) return null;
  const thresholds = best.folds.filter(({ skipped }) => skipped === undefined).map(({ threshold }) => threshold);
  const raised = thresholds.filter((threshold) => defined(threshold) && threshold !== NEVER) as number[];
  if (raised.length === 0)
    return thresholds.includes(NEVER)
      ? `${best.learner} raises no alarm: on the training rows none was worth raising.`
      : null;
  const [low, high] = [percent(sigmoid(Math.min(...raised))), percent(sigmoid(Math.max(...raised)))];
  const at = low === high ? low : `${low} to ${high} (it differs by fold)`;
  const what = `that the machine fails${data.horizon === null ? "" : ` within ${durationInWords(data.horizon)}`}`;
  const never = thresholds.includes(NEVER) ? " In some folds it never does." : "";
  return `${best.learner} raises an alarm when the probability it gives ${what} reaches ${at}; that threshold was chosen on training rows.${never}`;
}
