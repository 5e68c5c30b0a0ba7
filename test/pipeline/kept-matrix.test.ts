import assert from "node:assert/strict";
import { test } from "node:test";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { keptMatrixBytes } from "../../src/pipeline/kept-matrix.ts";

const kept = {
  cutoffs: { machines: ["a", "é"], machine: Uint32Array.of(0, 1), cutoff: Float64Array.of(-1, 1_425_168_000_000_001) },
  matrix: { rows: 2, names: ["volt_mean_3h"], columns: [Float32Array.of(0.1, Number.NaN)] },
  labels: {
    task: { kind: "binary" as const },
    state: Uint8Array.of(1, 2),
    value: Float64Array.of(1, Number.NaN),
    components: { motor: Uint8Array.of(0, 2) },
    end: Float64Array.of(5, 6),
  },
  featurizer: "abc",
};

test("a kept matrix has the cutoffs, the features to the bit, the labels and the featurizer that made it", async () => {
  const { buffer } = keptMatrixBytes({ ...kept, time: "cycles" });
  assert.deepEqual(await parquetReadObjects({ file: buffer as ArrayBuffer }), [
    {
      machine: "a",
      cutoff: -1n,
      volt_mean_3h: Math.fround(0.1),
      label_state: 1,
      label_value: 1,
      label_motor_state: 0,
      featurizer: "abc",
    },
    {
      machine: "é",
      cutoff: 1_425_168_000_000_001n,
      volt_mean_3h: Number.NaN,
      label_state: 2,
      label_value: Number.NaN,
      label_motor_state: 2,
      featurizer: "abc",
    },
  ]);
});

test("the cutoffs of timestamps are timestamps", async () => {
  const { buffer } = keptMatrixBytes({ ...kept, time: "timestamp" });
  const rows = await parquetReadObjects({ file: buffer as ArrayBuffer });
  assert.deepEqual(rows[1]["cutoff"], new Date("2015-03-01T00:00:00Z"));
});

test("the components have their columns in the order of their names' bytes, also where these look like integers", async () => {
  const state = Uint8Array.of(0, 1);
  const labels = { ...kept.labels, components: { motor: state, "9": state, "10": state, Z: state } };
  const { buffer } = keptMatrixBytes({ ...kept, labels, time: "cycles" });
  const [row] = await parquetReadObjects({ file: buffer as ArrayBuffer });
  assert.deepEqual(
    parquetSchemaNames(buffer as ArrayBuffer).filter((name) => /^label_.+_state$/.test(name)),
    ["label_10_state", "label_9_state", "label_Z_state", "label_motor_state"],
  );
  assert.equal(row["label_10_state"], 0);
});

function parquetSchemaNames(file: ArrayBuffer): string[] {
  return parquetMetadata(file)
    .schema.slice(1)
    .map(({ name }) => name);
}
