/** Missing values. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreeModel } from "../../../src/training/gbdt/trees.ts";
import { gbdt } from "../../../src/training/index.ts";
import { fit, LIFE, setOf } from "../data.ts";

const N = Number.NaN;
const spec = gbdt({ trees: 1, leaves: 2, learningRate: 1, minRows: 1 });
const matrixOf = (values: readonly number[]): { rows: number; names: string[]; columns: Float32Array[] } => ({
  rows: values.length,
  names: ["x"],
  columns: [Float32Array.from(values)],
});

test("missing values go to the side they resemble", async () => {
  const x = [1, 2, 3, 4, N, N];
  const high = await fit(spec, setOf(LIFE, { x }, [0, 0, 9, 9, 9, 9]));
  assert.deepEqual([...high.raw(matrixOf([1, 4, N]))], [0, 9, 9]);
  const low = await fit(spec, setOf(LIFE, { x }, [0, 0, 9, 9, 0, 0]));
  assert.deepEqual([...low.raw(matrixOf([1, 4, N]))], [0, 9, 0]);
});

test("where being missing is what matters, any value goes left and the missing right", async () => {
  const set = setOf(LIFE, { x: [1, 2, 3, N, N] }, [4, 4, 4, 14, 14]);
  const model = (await fit(spec, set)) as TreeModel;
  assert.deepEqual([...model.raw(matrixOf([-1e30, 2, 3.4028234663852886e38, N]))], [4, 4, 4, 14]);
});

test("a column of one value and missing ones is no constant", async () => {
  const model = await fit(spec, setOf(LIFE, { x: [5, 5, N, N], y: [5, 5, 5, 5], z: [N, N, N, N] }, [0, 0, 8, 8]));
  assert.deepEqual(model.features, ["x"]);
  assert.deepEqual([...model.raw(matrixOf([5, N]))], [0, 8]);
});

test("what was never missing in training and is later goes where most rows went", async () => {
  const left = await fit(spec, setOf(LIFE, { x: [1, 2, 3, 4] }, [0, 0, 0, 8]));
  assert.deepEqual([...left.raw(matrixOf([N]))], [0]);
  const right = await fit(spec, setOf(LIFE, { x: [1, 2, 3, 4] }, [0, 8, 8, 8]));
  assert.deepEqual([...right.raw(matrixOf([N]))], [8]);
});

test("infinite values are the largest and the smallest, and apart from the missing", async () => {
  const x = [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, N];
  const grown = gbdt({ trees: 1, leaves: 4, learningRate: 1, minRows: 1 });
  const model = await fit(grown, setOf(LIFE, { x }, [1, 3, 7, 13]));
  assert.deepEqual([...model.raw(matrixOf(x))], [1, 3, 7, 13]);
  assert.ok((model as TreeModel).ensemble.trees[0].threshold.every((threshold) => Number.isFinite(threshold)));
});
