/** A model without the columns that no tree splits on says the same, to the bit, here and in ONNX. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportOnnx } from "../../../src/export/onnx/export-onnx.ts";
import { checkParity } from "../../../src/export/onnx/parity.ts";
import type { Task } from "../../../src/labels/labels.ts";
import { gbdtLearner } from "../../../src/training/gbdt/learner.ts";
import { gbdt } from "../../../src/training/gbdt/options.ts";
import { loadModel } from "../../../src/training/learners.ts";

const ROWS = 200;
const column = (value: (row: number) => number) => Float32Array.from({ length: ROWS }, (_, row) => value(row));
const wild = (row: number) => (row * 7919) % 101;
const matrix = {
  rows: ROWS,
  names: ["zeros", "wild", "ones", "gaps"],
  columns: [column(() => 0), column(wild), column(() => 1), column((row) => (row % 3 === 0 ? Number.NaN : row % 7))],
};

async function fitted(task: Task, target: (row: number) => number) {
  const set = { task, matrix, target: Float64Array.from({ length: ROWS }, (_, row) => target(row)) };
  return await gbdtLearner.fit(gbdt({ trees: 5, leaves: 4, minRows: 5 }), set, { seed: 1, time: "cycles" });
}

const tasks: readonly [Task, (row: number) => number][] = [
  [{ kind: "binary" }, (row) => (wild(row) > 60 ? 1 : 0)],
  [{ kind: "multiclass", classes: ["none", "a", "b"] }, (row) => Math.floor(wild(row) / 34)],
  [{ kind: "regression", cap: 100 }, (row) => wild(row) + (row % 3 === 0 ? 20 : 0)],
];

for (const [task, target] of tasks) {
  test(`${task.kind}: columns without a split go, the scores stay`, async () => {
    const model = await fitted(task, target);
    const compact = model.compact?.() ?? assert.fail("gbdt can be made compact");
    assert.ok(compact.features.includes("wild") && !compact.features.includes("zeros"));
    assert.deepEqual(compact.raw(matrix), model.raw(matrix));
    const split = (model.importance?.() ?? []).filter(({ feature }) => compact.features.includes(feature));
    assert.deepEqual(compact.importance?.(), split);
    const stored = loadModel(JSON.parse(JSON.stringify(compact)));
    assert.deepEqual(stored.raw(matrix), model.raw(matrix));
    const columns = compact.features.map((name) => matrix.columns[matrix.names.indexOf(name)]);
    const onnx = exportOnnx(compact, { name: "m", producerVersion: "1", featurizerHash: "h", threshold: 0 });
    const { rows } = await checkParity(compact, onnx, { rows: ROWS, names: compact.features, columns });
    assert.equal(rows, ROWS);
    assert.deepEqual(compact.compact?.().features, compact.features);
  });
}

test("a model that never splits keeps one column", async () => {
  const target = Float64Array.from({ length: ROWS }, (_, row) => row % 2);
  const set = { task: { kind: "binary" } as const, matrix, target };
  const model = await gbdtLearner.fit(gbdt({ trees: 3, minRows: ROWS }), set, { seed: 1, time: "cycles" });
  assert.deepEqual(model.features, ["wild", "gaps"]);
  assert.deepEqual(model.compact?.().features, ["wild"]);
  assert.deepEqual(model.compact?.().raw(matrix), model.raw(matrix));
});
