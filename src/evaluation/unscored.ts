/** A learner that could not be scored: who it is and why, every figure null. */
import type { FoldMetrics, LearnerMetrics } from "./metrics.ts";
import { noPlannerFigures } from "./planner-figures.ts";
import { undefinedFigures } from "./row-figures.ts";

export interface UnscoredInput {
  learner: string;
  baseline: boolean;
  skipped: string;
  folds: readonly Pick<FoldMetrics, "name" | "trained" | "evaluated" | "skipped">[];
}

export function unscored({ learner, baseline, skipped, folds }: UnscoredInput): LearnerMetrics {
  const nothing = { threshold: null, averagePrecision: null, rmse: null };
  return {
    learner,
    baseline,
    skipped,
    ...undefinedFigures,
    ...noPlannerFigures,
    folds: folds.map((fold) => ({ ...fold, ...nothing })),
  };
}
