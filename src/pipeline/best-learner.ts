/** Which learner is published: among those not marked `baseline`, the one with the lowest evaluation cost. */
import type { LearnerMetrics } from "../evaluation/metrics.ts";

/**
 * Where there is no cost, the highest average precision or the lowest RMSE decides; among equals the first. A baseline is published only
 * where no other learner could be scored. Null where none could.
 */
export function bestLearner(learners: readonly LearnerMetrics[]): string | null {
  const scored = learners.filter((learner) => learner.skipped === undefined);
  const rivals = scored.filter((learner) => !learner.baseline);
  let best: LearnerMetrics | undefined;
  for (const learner of rivals.length > 0 ? rivals : scored) {
    if (best === undefined || loss(learner) < loss(best)) best = learner;
  }
  return best?.learner ?? null;
}

function loss({ cost, averagePrecision, rmse }: LearnerMetrics): number {
  return cost ?? rmse ?? (averagePrecision === null ? Number.POSITIVE_INFINITY : -averagePrecision);
}
