import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../src/core/random.ts";
import { exportOnnx } from "../../src/export/onnx/export-onnx.ts";
import { checkParity } from "../../src/export/onnx/parity.ts";
import type { Task } from "../../src/labels/labels.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { learnerOf, loadModel } from "../../src/training/learners.ts";

const tasks: Task[] = [
  { kind: "binary" },
  { kind: "multiclass", classes: ["none", "belt", "motor"] },
  { kind: "regression", cap: 125 },
];

for (const task of tasks) {
  test(`a trained model, saved and loaded, is exported without the loss of a bit (${task.kind})`, async () => {
    const rows = 1500;
    const generator = random(3, task.kind);
    const column = () =>
      Float32Array.from({ length: rows }, () => (generator.uniform() < 0.2 ? Number.NaN : generator.normal()));
    const matrix = { rows, names: ["a", "b", "c"], columns: [column(), column(), column()] };
    const target = Float64Array.from({ length: rows }, (_, row) => {
      const signal = (matrix.columns[0][row] || 1) + (matrix.columns[1][row] > 0 ? 1 : 0) + generator.normal() / 3;
      if (task.kind === "regression") return Math.max(0, Math.min(125, 60 + 40 * signal));
      return signal > 1.5 ? (task.kind === "multiclass" && generator.uniform() < 0.5 ? 2 : 1) : 0;
    });
    const spec = gbdt({ trees: 30, leaves: 15 });
    const trained = await learnerOf(spec).fit(spec, { task, matrix, target }, { seed: 1, time: "cycles" });
    const model = loadModel(JSON.parse(JSON.stringify(trained.toJSON())));
    const bytes = exportOnnx(model, { name: "m", producerVersion: "1", featurizerHash: "", threshold: null });
    const parity = await checkParity(model, bytes, matrix);
    assert.equal(parity.rows, rows);
    assert.ok(parity.maxLinkUlp <= 1, `${parity.maxLinkUlp}`);
    assert.ok(new Set(trained.raw(matrix)).size > 100);
  });
}
