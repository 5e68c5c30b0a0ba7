/** The verdict: what the figures mean for a planner, in words, by fixed rules. */
import type { ReportData } from "../data.ts";
import { bestLearner } from "../words.ts";
import { failureVerdict } from "./failure-verdict.ts";
import { lifeVerdict } from "./life-verdict.ts";
import { setAsideSentences } from "./set-aside.ts";
import type { Verdict } from "./types.ts";

export function verdict(data: ReportData): Verdict {
  const told = judged(data);
  return { ...told, caveats: [...(told.caveats ?? []), ...setAsideSentences(data)] };
}

function judged(data: ReportData): Verdict {
  const best = bestLearner(data);
  if (best === undefined || best.baseline) return noModel(data);
  return data.task.kind === "regression" ? lifeVerdict(data, best) : failureVerdict(data, best);
}

function noModel(data: ReportData): Verdict {
  const reasons = data.learners
    .filter((learner) => !learner.baseline && learner.skipped !== undefined)
    .map((learner) => `${learner.learner}: ${learner.skipped}.`);
  const baselines = data.learners.some((learner) => learner.baseline && learner.skipped === undefined);
  return {
    tone: "unknown",
    headline: "No learned model could be scored",
    sentences: [
      ...reasons,
      baselines ? "The figures below are those of the baseline alone." : "No figure can be given.",
    ],
  };
}
