import assert from "node:assert/strict";
import { test } from "node:test";
import type { LearnerMetrics } from "../../src/evaluation/metrics.ts";
import { bestLearner } from "../../src/pipeline/best-learner.ts";

/** A scored learner of classes, without a cost unless it is given. */
function learner(name: string, figures: Partial<LearnerMetrics>): LearnerMetrics {
  const none = { baseline: false, cost: null, averagePrecision: null, rmse: null };
  return { ...none, ...figures, learner: name } as LearnerMetrics;
}

test("the learner with the lowest cost is published, however good the ranking of another", () => {
  const dear = learner("dear", { cost: 900, averagePrecision: 0.9 });
  const cheap = learner("cheap", { cost: 400, averagePrecision: 0.5 });
  assert.equal(bestLearner([dear, cheap]), "cheap");
  assert.equal(bestLearner([cheap, dear]), "cheap");
});

test("a baseline is not published while another learner was scored, be it cheaper", () => {
  const schedule = learner("schedule", { baseline: true, cost: 1 });
  const skipped = learner("other", { cost: null, skipped: "not enough failures" });
  assert.equal(bestLearner([schedule, learner("gbdt", { cost: 900 })]), "gbdt");
  assert.equal(bestLearner([schedule, skipped]), "schedule");
  assert.equal(bestLearner([skipped]), null);
});

test("without costs the higher average precision or the lower RMSE decides, among equals the first", () => {
  const ranked = [learner("a", { averagePrecision: 0.5 }), learner("b", { averagePrecision: 0.6 })];
  assert.equal(bestLearner(ranked), "b");
  assert.equal(bestLearner([learner("a", { rmse: 12 }), learner("b", { rmse: 15 })]), "a");
  assert.equal(bestLearner([learner("a", { cost: 3 }), learner("b", { cost: 3 })]), "a");
});
