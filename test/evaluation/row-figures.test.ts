import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { mae } from "../../src/evaluation/mae.ts";
import type { RowMetrics } from "../../src/evaluation/metrics.ts";
import { nasaScore } from "../../src/evaluation/nasa-score.ts";
import type { Predictions } from "../../src/evaluation/predictions.ts";
import { rmse } from "../../src/evaluation/rmse.ts";

interface ClassCase {
  name: string;
  target: number[];
  predicted: number[];
  classes?: number;
  averagePrecision: number | null;
  rocAuc: number | null;
  logLoss: number;
  brier: number;
  f1: (number | null)[];
  macroF1: number;
  confusion: number[][];
}
interface LifeCase {
  name: string;
  target: number[];
  predicted: number[];
  rmse: number;
  mae: number;
}
const reference: { binary: ClassCase[]; multiclass: ClassCase[]; regression: LifeCase[] } = JSON.parse(
  readFileSync(new URL("./reference/scikit-learn.json", import.meta.url), "utf8"),
);

function figures(
  task: Predictions["task"],
  target: number[],
  predicted: number[],
  time: Predictions["time"] = "timestamp",
): RowMetrics {
  const rows = target.length;
  const predictions: Predictions = {
    task,
    time,
    rows: { machines: ["m"], machine: new Uint32Array(rows), cutoff: Float64Array.from(target, (_, row) => row) },
    fold: new Uint16Array(rows),
    target: Float64Array.from(target),
    predicted: Float32Array.from(predicted),
    score:
      task.kind === "binary" ? Float64Array.from(predicted) : new Float64Array(task.kind === "multiclass" ? rows : 0),
  };
  return evaluate({ predictions, folds: [{ name: "only", trained: 0, threshold: 0.5 }], seed: 1 }).metrics;
}

function near(found: number | null, expected: number | null, tolerance: number, what: string): void {
  if (found === null || expected === null) assert.equal(found, expected, what);
  else
    assert.ok(
      Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)),
      `${what}: ${found} is not ${expected}`,
    );
}

function compare(found: RowMetrics, expected: ClassCase): void {
  near(found.averagePrecision, expected.averagePrecision, 1e-12, "average precision");
  near(found.rocAuc, expected.rocAuc, 1e-12, "ROC AUC");
  // scikit-learn takes 1 - p and the logarithm in float32 there.
  near(found.logLoss, expected.logLoss, 1e-6, "log loss");
  near(found.brier, expected.brier, 1e-6, "Brier score");
  near(found.macroF1, expected.macroF1, 1e-12, "macro F1");
  for (const [k, name] of (found.classes ?? []).entries())
    near(found.f1?.[name] ?? null, expected.f1[k], 1e-12, `F1 of ${name}`);
  assert.deepEqual(found.confusion, expected.confusion);
}

for (const expected of reference.binary) {
  test(`two classes, ${expected.name}: the figures are those of scikit-learn`, () => {
    compare(figures({ kind: "binary" }, expected.target, expected.predicted), expected);
  });
}

for (const expected of reference.multiclass) {
  test(`several classes, ${expected.name}: the figures are those of scikit-learn`, () => {
    const classes = ["none", "comp1", "comp2", "comp3"].slice(0, expected.classes);
    compare(figures({ kind: "multiclass", classes }, expected.target, expected.predicted), expected);
  });
}

for (const expected of reference.regression) {
  test(`remaining life, ${expected.name}: the figures are those of scikit-learn`, () => {
    const found = figures({ kind: "regression" }, expected.target, expected.predicted);
    near(found.rmse, expected.rmse, 1e-12, "RMSE");
    near(found.mae, expected.mae, 1e-12, "MAE");
  });
}

test("log loss holds float32 probabilities to 2^-23 .. 1 - 2^-23: certain and wrong costs 15.94, not infinity", () => {
  near(figures({ kind: "binary" }, [1], [0]).logLoss, 23 * Math.LN2, 1e-12, "log loss");
  near(figures({ kind: "binary" }, [0], [1]).logLoss, 23 * Math.LN2, 1e-12, "log loss");
});

test("with several classes average precision and ROC AUC are of any failure, whichever component was meant", () => {
  const task = { kind: "multiclass", classes: ["none", "a", "b"] } as const;
  // The wrong component is blamed with certainty: any failure is still seen.
  const found = figures(task, [0, 1], [0.9, 0.1, 0, 0, 0, 1]);
  assert.deepEqual([found.averagePrecision, found.rocAuc, found.positives], [1, 1, 1]);
  assert.deepEqual(found.confusion, [
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 0],
  ]);
});

test("the NASA score takes 13 cycles too early and 10 too late as equally bad: e - 1 each", () => {
  near(nasaScore(Float64Array.of(100, 100, 50), Float32Array.of(87, 110, 50)), 2 * (Math.E - 1), 1e-12, "NASA score");
  assert.equal(nasaScore(Float64Array.of(3), Float32Array.of(3)), 0);
});

test("the NASA score is given for counters only", () => {
  assert.equal(figures({ kind: "regression" }, [10], [20], "timestamp").nasaScore, null);
  near(figures({ kind: "regression" }, [10], [20], "cycles").nasaScore, Math.E - 1, 1e-12, "NASA score");
});

test("without rows every figure is null, none is NaN", () => {
  for (const task of [{ kind: "binary" }, { kind: "regression" }] as const) {
    const { rows, positives, confusion, classes, f1, ...rest } = figures(task, [], []);
    assert.equal(rows, 0);
    for (const [name, value] of Object.entries(rest)) if (name !== "folds") assert.equal(value, null, name);
  }
  assert.equal(rmse(new Float64Array(), new Float32Array()), null);
  assert.equal(mae(new Float64Array(), new Float32Array()), null);
  assert.equal(nasaScore(new Float64Array(), new Float32Array()), null);
});

test("figures of classes are null for remaining life, and figures of life for classes", () => {
  const life = figures({ kind: "regression" }, [1, 2], [1, 3]);
  assert.deepEqual(
    [life.positives, life.averagePrecision, life.f1, life.confusion, life.logLoss],
    [null, null, null, null, null],
  );
  const classes = figures({ kind: "binary" }, [0, 1], [0, 1]);
  assert.deepEqual([classes.rmse, classes.mae, classes.nasaScore], [null, null, null]);
});
