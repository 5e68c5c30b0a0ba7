import assert from "node:assert/strict";
import { test } from "node:test";
import { failing } from "../../src/evaluation/any-failure.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { machineBootstrap, percentileInterval } from "../../src/evaluation/machine-bootstrap.ts";
import { pairedDifference } from "../../src/evaluation/paired-difference.ts";
import type { Predictions } from "../../src/evaluation/predictions.ts";
import { rankFigures } from "../../src/evaluation/ranking.ts";
import { contextOf, predictionsOf, type Story } from "./timeline.ts";

test("a resample draws as many machines as there are, whole and with replacement", () => {
  const seen = new Set<string>();
  machineBootstrap(
    3,
    (copies) => {
      assert.equal(copies[0] + copies[1] + copies[2], 3);
      seen.add([...copies].join(" "));
      return [1];
    },
    { resamples: 500, seed: 1 },
  );
  assert.equal(seen.size, 10, "all ways to draw three of three");
});

test("the same seed gives the same intervals, another seed others", () => {
  const mean = (copies: Float64Array) => [copies.reduce((sum, copy, m) => sum + copy * m, 0) / copies.length];
  const interval = (seed: number) => percentileInterval(machineBootstrap(20, mean, { seed })?.values[0]);
  assert.deepEqual(interval(1), interval(1));
  assert.notDeepEqual(interval(1), interval(2));
});

test("the interval of a mean over machines is about 2 standard errors either way", () => {
  // 100 machines of 0 or 1, half and half: the standard error is 0.05.
  const mean = (copies: Float64Array) => [copies.reduce((sum, copy, m) => sum + copy * (m % 2), 0) / 100];
  const [low, high] = percentileInterval(machineBootstrap(100, mean, { seed: 7 })?.values[0]) ?? [0, 0];
  assert.ok(Math.abs(low - 0.402) < 0.015, String(low));
  assert.ok(Math.abs(high - 0.598) < 0.015, String(high));
});

test("the percentiles lie between two values in proportion", () => {
  assert.deepEqual(percentileInterval(Float64Array.from({ length: 41 }, (_, i) => 40 - i)), [1, 39]);
  assert.deepEqual(percentileInterval(Float64Array.of(0, 4)), [0.1, 3.9]);
});

test("a resample in which a figure is undefined is drawn again and counted", () => {
  // Only the first of two machines failed: a quarter of the resamples lacks it.
  const bootstrap = machineBootstrap(2, (copies) => [copies[0] > 0 ? copies[0] : null], { resamples: 2000, seed: 3 });
  assert.equal(bootstrap?.values[0]?.length, 2000);
  assert.ok(bootstrap?.values[0]?.every((value) => value > 0));
  assert.ok(Math.abs((bootstrap?.redrawn ?? 0) / 2000 - 1 / 3) < 0.05, String(bootstrap?.redrawn));
});

test("a figure that is null on the fleet as it is has no interval and asks for no redraw", () => {
  const bootstrap = machineBootstrap(5, () => [null, 1], { seed: 1 });
  assert.deepEqual([bootstrap?.redrawn, bootstrap?.values[0]], [0, undefined]);
  assert.equal(percentileInterval(bootstrap?.values[0]), null);
});

test("drawing again ends: a figure defined in almost no resample has no interval", () => {
  let draws = 0;
  const once = () => [draws++ === 0 ? 1 : null];
  assert.equal(machineBootstrap(5, once, { resamples: 10, seed: 1 }), undefined);
  assert.ok(draws < 200);
});

test("one machine says nothing of others: no interval", () => {
  assert.equal(
    machineBootstrap(1, () => [1], { seed: 1 }),
    undefined,
  );
});

const fleet: Story = {
  machines: [".##. .....", "..#. .....", ".... .....", "#.........", "..........", ".........."],
  failures: [
    [0, 4],
    [1, 4],
    [2, 4],
  ],
  horizon: 4,
  every: 1,
};

test("intervals hold the figure, and resamples without a failure are counted among the redrawn", () => {
  const { metrics } = evaluate({
    predictions: predictionsOf(fleet),
    folds: [{ name: "only", trained: 0, threshold: 0.5 }],
    alarms: contextOf(fleet),
    costs: { missed: 100, falseAlarm: 10, planned: 1 },
    seed: 5,
  });
  const holds = (interval: readonly [number, number] | null, value: number | null) =>
    interval !== null && value !== null && interval[0] <= value && value <= interval[1] && interval[0] < interval[1];
  assert.ok(holds(metrics.averagePrecisionInterval, metrics.averagePrecision));
  assert.ok(holds(metrics.rocAucInterval, metrics.rocAuc));
  assert.ok(holds(metrics.caughtShareInterval, 2 / 3));
  assert.ok(holds(metrics.falseAlarmsPerMachineMonthInterval, metrics.falseAlarmsPerMachineMonth));
  assert.ok(holds(metrics.costInterval, metrics.cost));
  assert.equal(metrics.rmseInterval, null);
  assert.equal(metrics.bootstrap?.resamples, 1000);
  // (1/2)^6 of the draws hold none of the three machines that fail.
  assert.ok(
    (metrics.bootstrap?.redrawn ?? 0) > 2 && (metrics.bootstrap?.redrawn ?? 0) < 40,
    String(metrics.bootstrap?.redrawn),
  );
});

test("a machine without evaluated rows is not drawn", () => {
  const seen = (machines: readonly string[], offset: number) => {
    const failures = [0, 1, 2].map((m) => [m + offset, 4] as const);
    const story: Story = { ...fleet, machines, failures };
    return evaluate({
      predictions: predictionsOf(story),
      folds: [{ name: "only", trained: 0, threshold: 0.5 }],
      alarms: contextOf(story),
      costs: { missed: 100, falseAlarm: 10, planned: 1 },
      seed: 5,
    }).metrics;
  };
  assert.deepEqual(seen(["----------", ...fleet.machines], 1), seen(fleet.machines, 0));
});

test("without a failure the figures of failures have no interval, false alarms have one", () => {
  const calm = { ...fleet, failures: [] };
  const folds = [{ name: "only", trained: 0, threshold: 0.5 }];
  const { metrics } = evaluate({ predictions: predictionsOf(calm), folds, alarms: contextOf(calm), seed: 5 });
  assert.deepEqual([metrics.averagePrecisionInterval, metrics.caughtShareInterval], [null, null]);
  assert.equal(metrics.falseAlarmsPerMachineMonthInterval?.length, 2);
  assert.equal(metrics.bootstrap?.redrawn, 0);
});

test("a machine drawn twice counts as two: the weighted figure is that of its rows written out", () => {
  const predictions = predictionsOf(fleet);
  const noisy = { ...predictions, score: predictions.score.map((value, row) => value + ((row * 7) % 5)) };
  const copies = [2, 0, 1, 0, 3, 0];
  const names = copies.flatMap((times, m) => Array.from({ length: times }, () => m));
  const picked = names.flatMap((m, copy) =>
    [...noisy.rows.machine].flatMap((of, row) => (of === m ? [{ row, copy }] : [])),
  );
  const written: Predictions = {
    ...noisy,
    rows: {
      machines: names.map((_, copy) => `copy${copy}`),
      machine: Uint32Array.from(picked, ({ copy }) => copy),
      cutoff: Float64Array.from(picked, ({ row }) => noisy.rows.cutoff[row]),
    },
    fold: new Uint16Array(picked.length),
    target: Float64Array.from(picked, ({ row }) => noisy.target[row]),
    predicted: Float32Array.from(picked, ({ row }) => noisy.predicted[row]),
    score: Float64Array.from(picked, ({ row }) => noisy.score[row]),
  };
  const weighted = rankFigures(failing(noisy), noisy.score, noisy.rows.machine)(Float64Array.from(copies));
  const { metrics } = evaluate({ predictions: written, folds: [{ name: "only", trained: 0, threshold: 9 }], seed: 1 });
  assert.ok(Math.abs((weighted.averagePrecision ?? 0) - (metrics.averagePrecision ?? 1)) < 1e-12);
  assert.ok(Math.abs((weighted.rocAuc ?? 0) - (metrics.rocAuc ?? 1)) < 1e-12);
});

test("a model compared with itself is neither better nor worse", () => {
  const a = predictionsOf(fleet);
  const found = pairedDifference(a, a, { seed: 1 });
  assert.deepEqual(
    [found.difference, found.differenceInterval, found.shareBetter, found.shareWorse],
    [0, [0, 0], 0, 0],
  );
});

test("a model that ranks every machine right is better in every resample, by the difference of average precision", () => {
  const b = predictionsOf(fleet);
  const a = { ...b, score: b.target };
  const found = pairedDifference(a, b, { seed: 1 });
  assert.equal(found.figure, "averagePrecision");
  assert.equal(found.a, 1);
  assert.equal(found.difference, (found.a ?? 0) - (found.b ?? 0));
  assert.deepEqual([found.shareBetter, found.shareWorse], [1, 0]);
  assert.ok((found.differenceInterval?.[0] ?? 0) > 0);
  assert.ok(found.redrawn > 0);
  assert.deepEqual(
    [pairedDifference(b, a, { seed: 1 }).shareBetter, pairedDifference(b, a, { seed: 1 }).shareWorse],
    [0, 1],
  );
});

test("for remaining life the lower error is better", () => {
  const life: Predictions = {
    task: { kind: "regression" },
    time: "cycles",
    rows: { machines: ["a", "b"], machine: Uint32Array.of(0, 1), cutoff: Float64Array.of(1, 1) },
    fold: new Uint16Array(2),
    target: Float64Array.of(10, 20),
    predicted: Float32Array.of(10, 21),
    score: new Float64Array(),
  };
  const worse = { ...life, predicted: Float32Array.of(13, 24) };
  const found = pairedDifference(life, worse, { seed: 1 });
  assert.deepEqual([found.figure, found.shareBetter], ["rmse", 1]);
  assert.ok((found.difference ?? 0) < 0);
  const { metrics } = evaluate({ predictions: worse, folds: [{ name: "only", trained: 2, threshold: null }], seed: 1 });
  assert.deepEqual(metrics.rmseInterval, [3, 4]);
});

test("two models on different rows are not compared", () => {
  const a = predictionsOf(fleet);
  const other = { ...a, rows: { ...a.rows, machines: ["m0", "m1", "m2", "m3", "m4", "someone else"] } };
  assert.throws(() => pairedDifference(a, other, { seed: 1 }), { code: "DATA_PREDICTIONS_UNPAIRED" });
});
