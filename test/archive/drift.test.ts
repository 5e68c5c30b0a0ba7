import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../src/archive/index.ts";
import { type Files, load, refusal, spec, telemetry } from "./fixture.ts";

const both: Files = { "d/1.csv": "m,t,v,w\na,2015-01-01,1,10\n", "d/2.csv": "m,t,v\na,2015-01-02,2\n" };
const source = (parts: Parameters<typeof telemetry>[0] = {}) => telemetry({ path: "d", sensors: ["v", "w"], ...parts });

test("a column that is read and that one file lacks is refused before any row is read, with both files", async (t) => {
  const rotten = { ...both, "d/1.csv": "m,t,v,w\na,2015-01-01,no number,10\n" };
  const error = await refusal(t, rotten, spec({ telemetry: [source()] }));
  assert.equal(error.code, "DATA_COLUMN_MISSING");
  assert.equal(error.details.expected, "a column `w`, which d/1.csv has");
  assert.equal(error.details.where, "d/2.csv, read as telemetry");
  assert.match(error.details.hint ?? "", /renamed: \{ "w": \["…"\] \}, or set rules: \{ columnDropped: "asMissing" \}/);
});

test("the columns of all sources are seen before a row of any is read", async (t) => {
  const files = { "telemetry.csv": "m,t,v\na,2015-01-01,no number\n", "failures.csv": "m,t\na,2015-01-01\n" };
  const events = { failures: csv("failures.csv", { machine: "m", time: "t", kind: "k" }) };
  assert.equal((await refusal(t, files, spec({ events }))).details.where, "failures.csv, read as events.failures");
});

test("a column that one file lacks is missing there, if the contract says so, and the change is reported", async (t) => {
  const { fleet, sources } = await load(
    t,
    both,
    spec({ telemetry: [source({ rules: { columnDropped: "asMissing" } })] }),
  );
  assert.deepEqual([...fleet.telemetry[0].sensors.w], [10, Number.NaN]);
  assert.deepEqual(sources[0].columns, [{ change: "dropped", column: "w", file: "d/2.csv", unlike: "d/1.csv" }]);
});

test("no rule lets a file lack the column of its times, or all files lack a sensor", async (t) => {
  const rules = { columnDropped: "asMissing" } as const;
  const timeless = { ...both, "d/2.csv": "m,v,w\na,1,2\n" };
  assert.equal((await refusal(t, timeless, spec({ telemetry: [source({ rules })] }))).code, "DATA_COLUMN_MISSING");
  const without = { "d/1.csv": "m,t,v\na,2015-01-01,1\n", "d/2.csv": "m,t,v\na,2015-01-02,2\n" };
  assert.equal((await refusal(t, without, spec({ telemetry: [source({ rules })] }))).code, "DATA_COLUMN_MISSING");
});

test("columns that nobody reads may come and go: they are reported, or refused if the contract says so", async (t) => {
  const files = { "d/1.csv": "m,t,v,old\na,2015-01-01,1,x\n", "d/2.csv": "m,t,v,new\na,2015-01-02,2,y\n" };
  const only = (parts = {}) => spec({ telemetry: [telemetry({ path: "d", ...parts })] });
  const { sources } = await load(t, files, only());
  assert.deepEqual(sources[0].columns, [
    { change: "dropped", column: "old", file: "d/2.csv", unlike: "d/1.csv" },
    { change: "added", column: "new", file: "d/2.csv", unlike: "d/1.csv" },
  ]);
  const error = await refusal(t, files, only({ rules: { columnAdded: "refuse" } }));
  assert.deepEqual([error.code, error.details.found], ["DATA_COLUMN_ADDED", "`old` in d/1.csv, not in d/2.csv"]);
});

test("a column of another type is read where it can be and reported, or refused if the contract says so", async (t) => {
  const files = {
    "d/1.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-01' AS t, 1 AS v" },
    "d/2.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-02' AS t, '2.5' AS v" },
  };
  const parquet = { format: "parquet", path: "d" } as const;
  const { fleet, sources } = await load(t, files, spec({ telemetry: [telemetry(parquet)] }));
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [1, 2.5]);
  const change = { change: "retyped", column: "v", file: "d/2.parquet", unlike: "d/1.parquet" };
  assert.deepEqual(sources[0].columns, [{ ...change, types: ["INTEGER", "VARCHAR"] }]);
  const strict = telemetry({ ...parquet, rules: { columnRetyped: "refuse" } });
  const error = await refusal(t, files, spec({ telemetry: [strict] }));
  assert.deepEqual([error.code, error.details.expected], ["DATA_COLUMN_TYPE", "INTEGER, as in d/1.parquet"]);
});

test("a type that cannot be read in one file names the file that has another", async (t) => {
  const files = {
    "d/1.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-01' AS t, 1.5::DOUBLE AS v" },
    "d/2.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-02' AS t, [2.5] AS v" },
  };
  const error = await refusal(t, files, spec({ telemetry: [telemetry({ format: "parquet", path: "d" })] }));
  assert.equal(error.code, "DATA_COLUMN_TYPE");
  assert.equal(error.details.where, "d/2.parquet, column `v`, which is DOUBLE in d/1.parquet");
});
