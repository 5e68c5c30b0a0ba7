/** Against scikit-learn; the values are made by reference/make.py. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { log } from "../../src/core/math.ts";
import type { Task } from "../../src/labels/labels.ts";
import type { TreeModel } from "../../src/training/gbdt/trees.ts";
import { gbdt } from "../../src/training/index.ts";
import { isotonicSteps, stepAt } from "../../src/training/isotonic.ts";
import { BINARY, fit, setOf } from "./data.ts";

type Columns = (number | null)[][];
type Targets = Record<"binary" | "multiclass" | "regression", number[]>;

interface SingleTrees {
  columns: Columns;
  targets: Targets;
  trees: { task: "binary" | "regression"; l2: number; raw: number[]; splits: number[][] }[];
}

interface Accuracy {
  train: Columns;
  test: Columns;
  trainTargets: Targets;
  testTargets: Targets;
  logLossOrRmse: Record<keyof Targets, number>;
}

function reference<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`reference/${name}.json`, import.meta.url), "utf8")) as T;
}

const named = (columns: Columns): Record<string, number[]> =>
  Object.fromEntries(columns.map((column, c) => [`x${c}`, column.map((value) => value ?? Number.NaN)]));

const { columns, targets, trees } = reference<SingleTrees>("single-trees");
for (const { task, l2, raw, splits } of trees) {
  test(`one tree, ${task}, l2 ${l2}: the splits and leaves of HistGradientBoosting`, async () => {
    const spec = gbdt({ trees: 1, learningRate: 1, leaves: 8, minRows: 7, l2 });
    const set = setOf(task === "binary" ? BINARY : { kind: "regression" }, named(columns), targets[task]);
    const model = (await fit(spec, set)) as TreeModel;
    const own = model.raw(set.matrix);
    own.forEach((score, row) => {
      assert.ok(Math.abs(score - raw[row]) < 1e-5 * (1 + Math.abs(raw[row])), `row ${row}: ${score}, not ${raw[row]}`);
    });
    const { feature, threshold } = model.ensemble.trees[0];
    const found = [...feature].flatMap((f, node) =>
      f < 0 ? [] : [[Number(model.features[f].slice(1)), threshold[node]]],
    );
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    assert.equal(found.length, splits.length);
    found.forEach(([f, at], i) => {
      assert.equal(f, splits[i][0]);
      assert.ok(Math.abs(at - splits[i][1]) < 1e-5, `split ${i} at ${at}, not ${splits[i][1]}`);
    });
  });
}

const accuracy = reference<Accuracy>("accuracy");
const tasks: Record<keyof Targets, Task> = {
  binary: BINARY,
  multiclass: { kind: "multiclass", classes: ["none", "a", "b"] },
  regression: { kind: "regression" },
};
for (const [kind, task] of Object.entries(tasks) as [keyof Targets, Task][]) {
  test(`${kind}: held-out loss within 2 % of HistGradientBoosting with the same settings`, async () => {
    const spec = gbdt({ trees: 60, learningRate: 0.1, leaves: 15, minRows: 20, l2: 1 });
    const model = await fit(spec, setOf(task, named(accuracy.train), accuracy.trainTargets[kind]));
    const set = setOf(task, named(accuracy.test), accuracy.testTargets[kind]);
    const linked = model.link(model.raw(set.matrix));
    const losses = set.target.map((target, row) => {
      if (kind === "regression") return (linked[row] - target) ** 2;
      const probability = kind === "binary" ? (target === 1 ? linked[row] : 1 - linked[row]) : linked[3 * row + target];
      return -log(probability);
    });
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    const ratio = (kind === "regression" ? Math.sqrt(mean) : mean) / accuracy.logLossOrRmse[kind];
    assert.ok(ratio > 0.95 && ratio < 1.02, `${ratio} times scikit-learn's`);
  });
}

test("isotonic steps are those of IsotonicRegression", () => {
  const { x, y, weight, fitted } = reference<Record<"x" | "y" | "weight" | "fitted", number[]>>("isotonic");
  const weights = { weight: Float64Array.from(weight), totalWeight: weight.reduce((sum, w) => sum + w, 0) };
  const steps = isotonicSteps(Float32Array.from(x), Float64Array.from(y), weights, "increasing");
  for (const [i, at] of x.entries()) assert.ok(Math.abs(stepAt(steps, Math.fround(at)) - fitted[i]) < 1e-12);
  const mirrored = isotonicSteps(
    Float32Array.from(x),
    Float64Array.from(y, (value) => -value),
    weights,
    "decreasing",
  );
  assert.deepEqual(
    mirrored.value.map((value) => 0 - value),
    steps.value,
  );
});
