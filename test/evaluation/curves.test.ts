import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { precisionRecallCurve } from "../../src/evaluation/precision-recall-curve.ts";
import { contextOf, predictionsOf, type Story, tell } from "./timeline.ts";

test("the precision-recall curve has a point wherever recall rises, ties taken together", () => {
  const points = precisionRecallCurve(Uint8Array.of(1, 0, 1, 0, 1, 0), Float64Array.of(9, 8, 5, 5, 3, 1));
  assert.deepEqual(points, [
    { threshold: 9, precision: 1, recall: 1 / 3 },
    { threshold: 5, precision: 2 / 4, recall: 2 / 3 },
    { threshold: 3, precision: 3 / 5, recall: 1 },
  ]);
});

test("a long precision-recall curve is thinned to 300 points and keeps its ends", () => {
  const points = precisionRecallCurve(
    new Uint8Array(5000).fill(1),
    Float64Array.from({ length: 5000 }, (_, row) => row),
  );
  assert.equal(points.length, 300);
  assert.deepEqual([points[0].threshold, points[299].threshold], [4999, 0]);
});

const story: Story = { machines: ["...... ...", ".........."], failures: [[0, 6]], horizon: 4, every: 1 };

test("the plan curve tells failures caught against false alarms, from never an alarm to always", () => {
  const score = new Float64Array(19);
  [score[3], score[12]] = [2, 1];
  const { curves } = evaluate({
    predictions: { ...predictionsOf(story), score },
    folds: [{ name: "only", trained: 0, threshold: 2 }],
    alarms: contextOf(story),
    costs: { missed: 100, falseAlarm: 10, planned: 1 },
    seed: 1,
  });
  assert.deepEqual(
    curves.plan.map(({ caught, falseAlarms, cost }) => [caught, falseAlarms, cost]),
    [
      [0, 0, 100],
      [1, 0, 1],
      [1, 1, 11],
      // Always high: the first machine raises at 0 (false), 4 (true), 7 (false), the second at 0, 4, 8.
      [1, 5, 51],
    ],
  );
  assert.equal(curves.plan[1].falseAlarmsPerMachineMonth, 0);
  assert.equal(curves.plan[2].falseAlarmsPerMachineMonth, 1 / 0.019);
});

test("the plan curve has at most 100 points", () => {
  const long: Story = { machines: Array.from({ length: 5 }, () => ".".repeat(400)), horizon: 1, every: 1 };
  const predictions = predictionsOf(long);
  const score = predictions.score.map((_, row) => (row * 7919) % 2003);
  const folds = [{ name: "only", trained: 0, threshold: 0 }];
  const { curves } = evaluate({
    predictions: { ...predictions, score },
    folds,
    alarms: contextOf(long),
    resamples: 1,
    seed: 1,
  });
  assert.equal(curves.plan.length, 100);
});

test("the curves of remaining life are empty", () => {
  const life = { ...predictionsOf(story), task: { kind: "regression" as const }, score: new Float64Array() };
  const { curves, alarms, failures, metrics } = evaluate({
    predictions: life,
    folds: [{ name: "only", trained: 0, threshold: null }],
    alarms: contextOf(story),
    seed: 1,
  });
  assert.deepEqual(curves, { precisionRecall: [], calibration: [], plan: [], warningTimes: [] });
  assert.deepEqual([alarms, failures, metrics.failures, metrics.cost], [[], [], null, null]);
});

test("every figure of an evaluation is one that JSON can hold", () => {
  const { metrics, curves } = tell(
    { ...story, machines: ["..#... ...", "#........."] },
    { missed: 9, falseAlarm: 2, planned: 1 },
  );
  assert.deepEqual(JSON.parse(JSON.stringify(metrics)), metrics);
  assert.deepEqual(JSON.parse(JSON.stringify(curves)), curves);
});
