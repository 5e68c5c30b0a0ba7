import assert from "node:assert/strict";
import { test } from "node:test";
import { tableFromIPC } from "apache-arrow";
import { matrixCodec } from "../../src/pipeline/matrix-arrow.ts";

const stored = {
  cutoffs: {
    machines: ["a", "b", "without rows"],
    machine: Uint32Array.of(0, 0, 1),
    cutoff: Float64Array.of(1_425_168_000_000_000, 1_425_171_600_000_001, 5),
  },
  matrix: {
    rows: 3,
    names: ["volt_mean_3h", "age"],
    columns: [Float32Array.of(1.5, Number.NaN, 3), Float32Array.of(1, 2, 3)],
  },
};

test("a stored matrix comes back to the bit, for timestamps and for cycles", () => {
  for (const time of ["timestamp", "cycles"] as const) {
    const codec = matrixCodec(time);
    assert.deepEqual(codec.decode(codec.encode(stored)), stored);
  }
});

test("a stored matrix opens as an Arrow table with named, typed columns", () => {
  const table = tableFromIPC(matrixCodec("timestamp").encode(stored));
  assert.deepEqual(
    table.schema.fields.map((field) => `${field.name}: ${field.type}`),
    [
      "machine: Dictionary<Int32, Utf8>",
      "cutoff: Timestamp<MICROSECOND, UTC>",
      "volt_mean_3h: Float32",
      "age: Float32",
    ],
  );
  assert.equal(table.get(2)?.["machine"], "b");
});

test("a matrix without rows can be stored", () => {
  const empty = {
    cutoffs: { machines: ["a"], machine: new Uint32Array(0), cutoff: new Float64Array(0) },
    matrix: { rows: 0, names: ["x"], columns: [new Float32Array(0)] },
  };
  const codec = matrixCodec("timestamp");
  assert.deepEqual(codec.decode(codec.encode(empty)), empty);
});
