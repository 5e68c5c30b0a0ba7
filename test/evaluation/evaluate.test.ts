import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import type { Predictions } from "../../src/evaluation/predictions.ts";
import { unscored } from "../../src/evaluation/unscored.ts";
import { contextOf, predictionsOf, type Story } from "./timeline.ts";

const story: Story = { machines: ["..#... ...", "#........."], failures: [[0, 6]], horizon: 4, every: 1 };

test("figures are of the pooled rows, with each fold's own beside them and skipped folds shown", () => {
  const whole = predictionsOf(story);
  const predictions = { ...whole, fold: whole.fold.map((_, row) => (row < 9 ? 0 : 1)) };
  const { metrics } = evaluate({
    predictions,
    folds: [
      { name: "January", trained: 100, threshold: 0.5, iterations: 40 },
      { name: "February", trained: 0, threshold: null, skipped: "no failure in training" },
      { name: "March", trained: 200, threshold: 0.25 },
    ],
    alarms: contextOf(story),
    seed: 1,
  });
  assert.equal(metrics.rows, 19);
  assert.equal(metrics.positives, 4);
  assert.deepEqual(metrics.folds, [
    // One of four positive rows is first, the other three tie with five healthy ones: 1/4 x 1 + 3/4 x 4/9.
    {
      name: "January",
      trained: 100,
      threshold: 0.5,
      iterations: 40,
      evaluated: 9,
      averagePrecision: 1 / 4 + 1 / 3,
      rmse: null,
    },
    {
      name: "February",
      trained: 0,
      threshold: null,
      skipped: "no failure in training",
      evaluated: 0,
      averagePrecision: null,
      rmse: null,
    },
    { name: "March", trained: 200, threshold: 0.25, evaluated: 10, averagePrecision: null, rmse: null },
  ]);
});

test("the decision behind F1 and the confusion matrix is the alarm threshold of each row's fold", () => {
  const predictions = predictionsOf(story);
  const confusion = (threshold: number) =>
    evaluate({ predictions, folds: [{ name: "only", trained: 0, threshold }], seed: 1 }).metrics.confusion;
  assert.deepEqual(confusion(0.5), [
    [14, 1],
    [3, 1],
  ]);
  assert.deepEqual(confusion(2), [
    [15, 0],
    [4, 0],
  ]);
});

test("the same predictions and seed give the same evaluation", () => {
  const input = {
    predictions: predictionsOf(story),
    folds: [{ name: "only", trained: 0, threshold: 0.5 }],
    alarms: contextOf(story),
    seed: 42,
  };
  assert.deepEqual(evaluate(input), evaluate(input));
});

test("without a history of failures the planner's figures are null", () => {
  const folds = [{ name: "only", trained: 0, threshold: 0.5 }];
  const { metrics, alarms } = evaluate({ predictions: predictionsOf(story), folds, seed: 1 });
  assert.deepEqual([metrics.failures, metrics.alarms, metrics.machineMonths, alarms], [null, null, null, []]);
  assert.equal(metrics.positives, 4);
});

test("a learner that could not be scored says why, and every figure of it is null", () => {
  const folds = [{ name: "only", trained: 10, evaluated: 5, skipped: "one class" }];
  const {
    learner,
    baseline,
    skipped,
    rows,
    folds: shown,
    ...figures
  } = unscored({
    learner: "gbdt",
    baseline: false,
    skipped: "not enough failures",
    folds,
  });
  assert.deepEqual([learner, baseline, skipped, rows], ["gbdt", false, "not enough failures", 0]);
  assert.deepEqual(shown, [{ ...folds[0], threshold: null, averagePrecision: null, rmse: null }]);
  for (const [name, value] of Object.entries(figures)) assert.equal(value, null, name);
});

test("predictions that cannot be evaluated are refused with the row", () => {
  const good = predictionsOf(story);
  const refused = (change: Partial<Predictions>) =>
    assert.throws(
      () =>
        evaluate({ predictions: { ...good, ...change }, folds: [{ name: "only", trained: 0, threshold: 0 }], seed: 1 }),
      { code: "DATA_PREDICTIONS_INVALID" },
    );
  refused({ score: good.score.map((value, row) => (row === 3 ? Number.NaN : value)) });
  refused({ score: good.score.map((value, row) => (row === 3 ? Number.NEGATIVE_INFINITY : value)) });
  refused({ predicted: good.predicted.map((value, row) => (row === 3 ? Number.NaN : value)) });
  refused({ target: good.target.map((value, row) => (row === 3 ? Number.NaN : value)) });
  refused({ target: good.target.map((value, row) => (row === 3 ? 2 : value)) });
  refused({ target: good.target.slice(1) });
  refused({ rows: { ...good.rows, cutoff: good.rows.cutoff.map((value, row) => (row === 3 ? 2 : value)) } });
  refused({ rows: { ...good.rows, machine: good.rows.machine.map((value) => value + 1) } });
});

test("an evaluated fold without a threshold is refused", () => {
  const folds = [{ name: "only", trained: 0, threshold: null }];
  assert.throws(() => evaluate({ predictions: predictionsOf(story), folds, seed: 1 }), { code: "BUG_FOLD_THRESHOLD" });
});
