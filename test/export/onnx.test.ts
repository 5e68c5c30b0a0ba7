import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ForewarnError } from "../../src/core/errors.ts";
import { exportOnnx } from "../../src/export/onnx/export-onnx.ts";
import { checkParity } from "../../src/export/onnx/parity.ts";
import { ModelProto } from "../../src/export/onnx/schema.ts";
import { openOnnx } from "../../src/export/onnx/session.ts";
import type { Task } from "../../src/labels/labels.ts";
import type { Tree } from "../../src/training/gbdt/trees.ts";
import { randomCase, treeModel } from "./random-trees.ts";

const metadata = { name: "press-line", producerVersion: "0.1.0", featurizerHash: "abc123", threshold: 0.25 };
const tasks: Task[] = [
  { kind: "binary" },
  { kind: "multiclass", classes: ["none", "belt", "motor"] },
  { kind: "regression", cap: 1.5 },
  { kind: "regression" },
];

function leaf(value: number): Tree {
  return {
    feature: Int32Array.of(-1),
    threshold: Float32Array.of(0),
    missingLeft: Uint8Array.of(0),
    left: Int32Array.of(-1),
    right: Int32Array.of(-1),
    value: Float32Array.of(value),
  };
}

/** One split on feature 0: 1 to the left, 2 to the right. */
function stump(threshold: number, missingLeft: 0 | 1): Tree {
  return {
    feature: Int32Array.of(0, -1, -1),
    threshold: Float32Array.of(threshold, 0, 0),
    missingLeft: Uint8Array.of(missingLeft, 0, 0),
    left: Int32Array.of(1, -1, -1),
    right: Int32Array.of(2, -1, -1),
    value: Float32Array.of(0, 1, 2),
  };
}

async function rawOf(tree: Tree, values: number[]): Promise<number[]> {
  const model = treeModel({ task: { kind: "regression" }, features: ["f0"], base: [0], trees: [tree] });
  const session = await openOnnx(exportOnnx(model, { ...metadata, threshold: null }));
  const { raw } = await session.run(Float32Array.from(values), 1);
  await session.release();
  return [...raw];
}

test("a value at the threshold goes left, the next float32 above it right", async () => {
  const above = Math.fround(0.1) + 2 ** -27;
  assert.equal(Math.fround(above), above);
  assert.deepEqual(
    await rawOf(stump(0.1, 0), [Math.fround(0.1), above, 0, -0, Infinity, -Infinity]),
    [1, 2, 1, 1, 2, 1],
  );
});

test("0 and -0 are the same value on either side of a split", async () => {
  assert.deepEqual(await rawOf(stump(0, 0), [0, -0, 1e-45, -1e-45]), [1, 1, 2, 1]);
  assert.deepEqual(await rawOf(stump(-0, 0), [0, -0, 1e-45, -1e-45]), [1, 1, 2, 1]);
});

test("a missing value goes to the side the tree says", async () => {
  assert.deepEqual(await rawOf(stump(0, 1), [NaN]), [1]);
  assert.deepEqual(await rawOf(stump(0, 0), [NaN]), [2]);
  assert.deepEqual(await rawOf(stump(Infinity, 0), [NaN, Infinity, -Infinity, 5]), [2, 1, 1, 1]);
});

test("exported trees agree with the model on every row: raw scores to the bit, predictions within 4 ulp", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(...tasks),
      fc.integer({ min: 0, max: 15 }),
      async (seed, task, trees) => {
        const { model, matrix } = randomCase(seed, task, { trees });
        const parity = await checkParity(model, exportOnnx(model, metadata), matrix);
        assert.deepEqual({ ...parity, maxLinkUlp: 0 }, { rows: 200, maxLinkUlp: 0 });
        assert.ok(parity.maxLinkUlp <= 4);
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});

test("probabilities agree within 4 ulp where they nearly vanish", async () => {
  for (const task of tasks.slice(0, 2)) {
    const outputs = task.kind === "multiclass" ? task.classes.length : 1;
    for (const score of [-120, -95, -60, -18.5, -10, 10, 18.5, 60, 120]) {
      const base = Array.from({ length: outputs }, (_, k) => (k === 0 ? score : 0));
      const model = treeModel({ task, features: ["f0"], base, trees: [] });
      const matrix = { rows: 1, names: ["f0"], columns: [Float32Array.of(1)] };
      const parity = await checkParity(model, exportOnnx(model, metadata), matrix);
      assert.equal(parity.rows, matrix.rows, `${task.kind} at ${score}`);
    }
  }
});

test("neither the batch nor the number of threads moves a score", async () => {
  const { model, matrix } = randomCase(
    7,
    { kind: "multiclass", classes: ["none", "belt", "motor"] },
    { trees: 20, rows: 3000 },
  );
  const bytes = exportOnnx(model, metadata);
  const columns = matrix.columns.length;
  const values = Float32Array.from(
    { length: matrix.rows * columns },
    (_, i) => matrix.columns[i % columns][Math.floor(i / columns)],
  );
  const expected = model.raw(matrix);
  for (const [threads, batch] of [
    [1, 3000],
    [2, 3000],
    [2, 1],
    [1, 37],
  ]) {
    const session = await openOnnx(bytes, { threads });
    const rows = batch === 1 ? 50 : matrix.rows;
    for (let start = 0; start < rows; start += batch) {
      const { raw } = await session.run(
        values.slice(start * columns, Math.min(start + batch, matrix.rows) * columns),
        columns,
      );
      assert.deepEqual(
        raw,
        expected.slice(start * 3, start * 3 + raw.length),
        `${threads} threads, rows from ${start}`,
      );
    }
    await session.release();
  }
});

test("parity is checked across batches and on a matrix with other columns in another order", async () => {
  const { model, matrix } = randomCase(3, { kind: "binary" }, { rows: 5000 });
  const shuffled = {
    rows: matrix.rows,
    names: ["other", ...matrix.names.toReversed()],
    columns: [new Float32Array(5000), ...matrix.columns.toReversed()],
  };
  assert.equal((await checkParity(model, exportOnnx(model, metadata), shuffled)).rows, 5000);
});

test("a model that differs by one bit in one leaf is refused with the first row that shows it", async () => {
  const model = treeModel({ task: { kind: "binary" }, features: ["f0"], base: [0.5], trees: [stump(3, 0)] });
  const other = stump(3, 0);
  other.value[2] += 2 ** -22;
  const wrong = treeModel({ task: { kind: "binary" }, features: ["f0"], base: [0.5], trees: [other] });
  const matrix = { rows: 3, names: ["f0"], columns: [Float32Array.of(1, 2, 4)] };
  await assert.rejects(
    checkParity(model, exportOnnx(wrong, metadata), matrix),
    (error) =>
      error instanceof ForewarnError && error.code === "MODEL_PARITY" && error.details.where === "row 2, output 0",
  );
});

test("a prediction further off than 4 ulp is refused", async () => {
  const model = treeModel({ task: { kind: "binary" }, features: ["f0"], base: [0.5], trees: [] });
  const off = { ...model, link: (raw: Float32Array) => model.link(raw).map((p) => p + 5 * 2 ** -24) };
  const matrix = { rows: 1, names: ["f0"], columns: [Float32Array.of(1)] };
  await assert.rejects(checkParity(off, exportOnnx(model, metadata), matrix), { code: "MODEL_PARITY" });
});

test("bytes that are no model are refused", async () => {
  await assert.rejects(openOnnx(Uint8Array.of(1, 2, 3)), { code: "MODEL_ONNX" });
});

test("a learner without a form in ONNX is refused by name", () => {
  const { model } = randomCase(1, { kind: "binary" });
  assert.throws(() => exportOnnx({ ...model, learner: "crystal-ball" }, metadata), { code: "MODEL_NO_ONNX" });
});

test("equal models give equal bytes, and the file says what it is", () => {
  const bytes = exportOnnx(randomCase(9, tasks[1]).model, metadata);
  assert.deepEqual(exportOnnx(randomCase(9, tasks[1]).model, metadata), bytes);
  const file = ModelProto.toObject(ModelProto.decode(bytes), { longs: Number });
  assert.equal(file.producerName, "forewarn");
  assert.deepEqual(
    Object.fromEntries(file.metadataProps.map(({ key, value }: { key: string; value: string }) => [key, value])),
    {
      features: '["f0","f1","f2","f3","f4"]',
      featurizer: "abc123",
      learner: "gbdt",
      model: "press-line",
      task: '{"classes":["none","belt","motor"],"kind":"multiclass"}',
      threshold: "0.25",
    },
  );
});

test("trees of one leaf and no trees at all give the base", async () => {
  assert.deepEqual(await rawOf(leaf(0.75), [1, NaN]), [0.75, 0.75]);
  const model = treeModel({ task: { kind: "regression", cap: 5 }, features: ["f0"], base: [7], trees: [] });
  const session = await openOnnx(exportOnnx(model, { ...metadata, threshold: null }));
  const { raw, predicted } = await session.run(Float32Array.of(1), 1);
  await session.release();
  assert.deepEqual([[...raw], [...predicted]], [[7], [5]]);
});
