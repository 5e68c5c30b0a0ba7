/** The verdict on a model that predicts remaining life: how far off it is, and whether that beats the baseline. */
import type { Interval, LearnerMetrics } from "../../evaluation/metrics.ts";
import type { ReportData } from "../data.ts";
import { count, defined, figure, interval, plural } from "../format.ts";
import { baselineOf, lifeUnitName } from "../words.ts";
import type { Verdict } from "./types.ts";

/** Below this many machines the verdict says that they are few. */
const FEW_MACHINES = 20;

export function lifeVerdict(data: ReportData, best: LearnerMetrics): Verdict {
  if (!defined(best.rmse)) {
    const sentences = ["The error of the predicted life is not defined: no evaluated row has a known remaining life."];
    return { tone: "unknown", headline: "No remaining life to judge by", sentences };
  }
  const machines = data.evaluated.machines;
  const few = defined(machines) && machines < FEW_MACHINES;
  const beside = besideBaseline(data, best, best.rmse);
  const words = {
    sentences: [errorSentence(data, best), ...beside.sentences],
    caveats: [
      ...(few ? [`With only ${plural(machines, "machine")}, the error on others may differ a lot.`] : []),
      ...(beside.caveats ?? []),
    ],
    details: nasaSentence(best),
  };
  if (few && beside.tone === "good")
    return { tone: "unproven", headline: `${beside.headline}, but on few machines`, ...words };
  return { tone: beside.tone, headline: beside.headline, ...words };
}

function errorSentence(data: ReportData, best: LearnerMetrics): string {
  const unit = lifeUnitName(data.time);
  const range = interval(best.rmseInterval, figure);
  const where = `${plural(best.rows, "row")}${defined(data.evaluated.machines) ? ` of ${plural(data.evaluated.machines, "machine")}` : ""}`;
  const mean = defined(best.mae) ? `; the mean absolute error is ${figure(best.mae)} ${unit}` : "";
  return `${best.learner} predicts remaining life with an RMSE of ${figure(best.rmse)} ${unit}${range === null ? "" : ` (95 % interval ${range})`} over ${where}${mean}.`;
}

function besideBaseline(data: ReportData, best: LearnerMetrics, rmse: number): Verdict {
  const baseline = baselineOf(data);
  if (baseline === undefined || !defined(baseline.rmse)) {
    const headline = `It is off by ${figure(rmse)} ${lifeUnitName(data.time)} (RMSE)`;
    return { tone: "unproven", headline, sentences: ["No baseline was scored to compare it with."] };
  }
  const range = interval(baseline.rmseInterval, figure);
  const other = `The baseline ${baseline.learner} has ${figure(baseline.rmse)}${range === null ? "" : ` (${range})`}.`;
  const doubt = unsettled(best.rmseInterval, baseline.rmseInterval);
  const caveats = doubt === null ? [] : [doubt];
  if (rmse >= baseline.rmse)
    return { tone: "poor", headline: "No better than the baseline", sentences: [other], caveats };
  return doubt === null
    ? { tone: "good", headline: "Better than the baseline", sentences: [other] }
    : { tone: "unproven", headline: "Better than the baseline, but not beyond doubt", sentences: [other], caveats };
}

/** The errors were not compared machine by machine, so only intervals that keep apart settle it; null where they do. */
function unsettled(a: Interval, b: Interval): string | null {
  if (a === null || b === null) return "Without an interval for both, these data do not settle which is better.";
  return a[0] <= b[1] && b[0] <= a[1] ? "The two 95 % intervals overlap, which leaves open which is better." : null;
}

function nasaSentence(best: LearnerMetrics): string[] {
  return defined(best.nasaScore)
    ? [`The NASA score, which punishes late predictions harder, is ${count(best.nasaScore)} (lower is better).`]
    : [];
}
