/** The door for boosted trees read from JSON. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadModel } from "../../../src/training/index.ts";

interface TreeJson {
  feature: number[];
  threshold: number[];
  missingLeft: number[];
  left: number[];
  right: number[];
  value: number[];
}

/** x <= 1.5 is 2; else y <= 7 is 4, more is 8. */
const tree: TreeJson = {
  feature: [0, -1, 1, -1, -1],
  threshold: [1.5, 0, 7, 0, 0],
  missingLeft: [1, 0, 0, 0, 0],
  left: [1, -1, 3, -1, -1],
  right: [2, -1, 4, -1, -1],
  value: [0, 2, 0, 4, 8],
};
const model = {
  learner: "gbdt",
  version: 1,
  task: { kind: "regression" },
  features: ["x", "y"],
  base: [0.5],
  gain: [3, 1],
  trees: [tree],
};

test("a model written by hand predicts as it reads", () => {
  const loaded = loadModel(model);
  const x = Float32Array.of(1.5, 1.6, 1.6, Number.NaN, 2);
  const y = Float32Array.of(9, 7, 7.5, 9, Number.NaN);
  const raw = loaded.raw({ rows: 5, names: ["y", "x"], columns: [y, x] });
  assert.deepEqual([...raw], [2.5, 4.5, 8.5, 2.5, 8.5]);
});

const damaged: Record<string, Partial<TreeJson>> = {
  "a cycle": { left: [1, -1, 0, -1, -1] },
  "a cycle out of reach": { feature: [-1, 0, 0, -1, -1], left: [-1, 2, 1, -1, -1], right: [-1, 3, 4, -1, -1] },
  "a node with two parents": { left: [1, -1, 3, -1, -1], right: [2, -1, 3, -1, -1] },
  "a node out of reach": { feature: [0, -1, -1, -1, -1], left: [1, -1, -1, -1, -1], right: [2, -1, -1, -1, -1] },
  "a child out of range": { right: [5, -1, 4, -1, -1] },
  "an inner node without a child": { left: [-1, -1, 3, -1, -1] },
  "a leaf with a child": { left: [1, 2, 3, -1, -1] },
  "a feature out of range": { feature: [0, -1, 2, -1, -1] },
  "a feature below -1": { feature: [0, -2, 1, -1, -1] },
  "a threshold that is no float32": { threshold: [0.1, 0, 7, 0, 0] },
  "an infinite leaf": { value: [0, 2, 0, 4, Number.POSITIVE_INFINITY] },
  "arrays of different lengths": { value: [0, 2, 0, 4] },
  "no node": { feature: [], threshold: [], missingLeft: [], left: [], right: [], value: [] },
};

for (const [damage, change] of Object.entries(damaged)) {
  test(`${damage} is MODEL_INVALID, with the tree named`, () => {
    assert.throws(() => loadModel({ ...model, trees: [tree, { ...tree, ...change }] }), {
      code: "MODEL_INVALID",
      message: /trees\[1\]/,
    });
  });
}

test("scores, gains and trees that do not fit the task or the features are MODEL_INVALID", () => {
  const classes = { kind: "multiclass", classes: ["none", "a", "b"] };
  for (const change of [
    { base: [0, 0] },
    { task: classes },
    { task: classes, base: [0, 0, 0] },
    { gain: [1] },
    { gain: [1, -1] },
    { features: ["x", "x"] },
    { version: 2 },
  ]) {
    assert.throws(() => loadModel({ ...model, ...change }), { code: "MODEL_INVALID" });
  }
});
