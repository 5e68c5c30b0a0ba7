/** The rows of a matrix with their labels, as a split reads them. */
import type { Cutoffs } from "../core/matrix.ts";
import type { TimeKind } from "../core/time.ts";
import type { FeaturePlan } from "../features/plan.ts";
import type { Labels } from "../labels/labels.ts";
import type { SplitRows } from "./rows.ts";

/** What `splitRows` and `innerFolds` take: each row spans from its longest window's start to the end of its label. */
export function rowsToSplit(
  { lookback }: Pick<FeaturePlan, "lookback">,
  cutoffs: Cutoffs,
  labels: Pick<Labels, "state" | "end">,
  time: TimeKind,
): SplitRows {
  const windowStart = cutoffs.cutoff.map((cutoff) => cutoff - lookback);
  return { time, cutoffs, state: labels.state, windowStart, labelEnd: labels.end };
}
