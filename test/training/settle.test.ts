import assert from "node:assert/strict";
import { test } from "node:test";
import type { Predictions } from "../../src/evaluation/predictions.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { type FittedPart, settle } from "../../src/training/train-part.ts";
import type { TrainingRows } from "../../src/training/training-rows.ts";

const rows = { labels: { task: { kind: "binary" } } } as TrainingRows;

/** A part whose inner folds scored the rows of `index`, and that stopped after some iterations. */
function part(index: number[], score: number[], iterations: number): FittedPart {
  const predictions: Predictions = {
    task: { kind: "binary" },
    time: "cycles",
    rows: { machines: ["m"], machine: new Uint32Array(index.length), cutoff: Float64Array.from(index) },
    fold: new Uint16Array(index.length),
    target: new Float64Array(index.length),
    predicted: new Float32Array(index.length),
    score: Float64Array.from(score),
  };
  return { model: { iterations }, outOfFold: { index: Uint32Array.from(index), predictions } } as FittedPart;
}

test("a refit takes its threshold from the folds' pooled out-of-fold scores, each row once, the later fold's", () => {
  let pooled: Predictions | undefined;
  const threshold = (outOfFold: Predictions) => {
    pooled = outOfFold;
    return 0.5;
  };
  const settled = settle(gbdt(), rows, [part([0, 1, 2], [10, 11, 12], 30), part([2, 3], [22, 23], 50)], { threshold });
  assert.equal(settled.threshold, 0.5);
  assert.deepEqual([...(pooled?.rows.cutoff ?? [])], [0, 1, 2, 3]);
  assert.deepEqual([...(pooled?.score ?? [])], [10, 11, 22, 23]);
});

test("a refit has as many trees as the folds found on average, where they stopped early, and as many as asked for where not", () => {
  const parts = [part([0], [1], 30), part([1], [1], 51)];
  const threshold = () => 0;
  assert.equal(settle(gbdt({ earlyStopping: 5 }), rows, parts, { threshold }).iterations, 41);
  assert.equal(settle(gbdt(), rows, parts, { threshold }).iterations, undefined);
});
