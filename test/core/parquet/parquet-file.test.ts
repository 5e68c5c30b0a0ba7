import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { type ParquetField, ParquetFile } from "../../../src/core/parquet/parquet-file.ts";

const fields: ParquetField[] = [
  { name: "machine", type: "text" },
  { name: "cutoff", type: "timestamp" },
  { name: "cycle", type: "int64" },
  { name: "mean", type: "float32" },
  { name: "value", type: "float64" },
  { name: "state", type: "int32" },
];

interface Row {
  machine: string;
  cutoff: number;
  cycle: number;
  mean: number;
  value: number;
  state: number;
}

/** @param groups row groups, each in segments that are given as arrays of their own. */
function parquetOf(groups: readonly (readonly Row[])[][]): Uint8Array {
  const file = new ParquetFile(fields);
  const parts = [file.begin()];
  for (const segments of groups) parts.push(...file.rowGroup(columnsOf(segments)));
  parts.push(file.end());
  return Buffer.concat(parts);
}

function columnsOf(segments: readonly (readonly Row[])[]) {
  return [
    segments.map((rows) => {
      const texts = [...new Set(rows.map(({ machine }) => machine))].reverse();
      return { texts, codes: Uint32Array.from(rows, ({ machine }) => texts.indexOf(machine)) };
    }),
    segments.map((rows) => Float64Array.from(rows, ({ cutoff }) => cutoff)),
    segments.map((rows) => Float64Array.from(rows, ({ cycle }) => cycle)),
    segments.map((rows) => Float32Array.from(rows, ({ mean }) => mean)),
    segments.map((rows) => Float64Array.from(rows, ({ value }) => value)),
    segments.map((rows) => Int32Array.from(rows, ({ state }) => state)),
  ];
}

const whole = fc.oneof(
  fc.integer(),
  fc.constantFrom(0, -1, 2 ** 32, -(2 ** 32), 2 ** 32 - 1, 2 ** 53 - 1, -(2 ** 53) + 1, 1_425_168_000_000_001),
);
const row: fc.Arbitrary<Row> = fc.record({
  machine: fc.oneof(fc.constantFrom("a", "press-0001", "é", ""), fc.string({ unit: "binary", maxLength: 4 })),
  // What hyparquet makes a date of, which knows milliseconds only.
  cutoff: fc.integer({ min: -1e12, max: 2e12 }).map((millis) => millis * 1000),
  cycle: whole,
  mean: fc.oneof(fc.float(), fc.constant(Number.NaN)),
  value: fc.double(),
  state: fc.integer(),
});

test("any rows in any row groups and segments are read back by hyparquet as they were", async () => {
  const groups = fc.array(fc.array(fc.array(row, { maxLength: 20 }), { minLength: 1, maxLength: 3 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(groups, async (given) => {
      const bytes = parquetOf(given);
      const file = new Uint8Array(bytes).buffer;
      const expected = given.flat(2).map((one) => ({
        ...one,
        cutoff: new Date(one.cutoff / 1000),
        cycle: BigInt(one.cycle),
      }));
      assert.deepEqual(await parquetReadObjects({ file }), expected);
      assert.equal(Number(parquetMetadata(file).num_rows), expected.length);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("DuckDB reads the very values, types and row groups", async () => {
  const folder = await mkdtemp(join(tmpdir(), "parquet-file-"));
  try {
    const rows = Array.from({ length: 1_000 }, (_, i) => ({
      machine: `m${Math.floor(i / 3)}`,
      cutoff: 1_425_168_000_000_001 + i,
      cycle: i * 2 ** 33 - 5,
      mean: i === 7 ? Number.NaN : i / 3,
      value: -i / 7,
      state: -i,
    }));
    const path = join(folder, "x.parquet");
    await writeFile(path, parquetOf([[rows.slice(0, 600)], [rows.slice(600, 700), rows.slice(700)]]));
    const connection = await (await DuckDBInstance.create()).connect();
    const ask = async (sql: string) => (await connection.runAndReadAll(sql.replace("$", `'${path}'`))).getRows();
    assert.deepEqual(
      await ask(
        "SELECT machine, epoch_us(cutoff)::VARCHAR, cycle::VARCHAR, mean::DOUBLE, value, state FROM $ ORDER BY state DESC",
      ),
      rows.map((one) => [
        one.machine,
        String(one.cutoff),
        String(one.cycle),
        Math.fround(one.mean),
        one.value,
        one.state === 0 ? 0 : one.state,
      ]),
    );
    assert.deepEqual((await ask("SELECT column_type FROM (DESCRIBE SELECT * FROM $)")).flat(), [
      "VARCHAR",
      "TIMESTAMP WITH TIME ZONE",
      "BIGINT",
      "FLOAT",
      "DOUBLE",
      "INTEGER",
    ]);
    assert.deepEqual(
      (await ask("SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata($) ORDER BY 1")).map(String),
      ["0,600", "1,400"],
    );
    assert.deepEqual(await ask("SELECT count(*)::INT FROM $ WHERE machine = 'm150'"), [[3]]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a file without a row has its columns all the same", async () => {
  const bytes = parquetOf([]);
  const metadata = parquetMetadata(new Uint8Array(bytes).buffer);
  assert.deepEqual(
    metadata.schema.slice(1).map(({ name }) => name),
    fields.map(({ name }) => name),
  );
  assert.equal(Number(metadata.num_rows), 0);
});
