import assert from "node:assert/strict";
import { test } from "node:test";
import { load, micros, refusal, spec, telemetry } from "./fixture.ts";

const fromParquet = spec({ telemetry: [telemetry({ format: "parquet", path: "a.parquet" })] });

async function timeOf(t: Parameters<typeof load>[0], sql: string): Promise<number> {
  const { fleet } = await load(t, { "a.parquet": { sql: `SELECT 'a' AS m, ${sql} AS t, 1.0 AS v` } }, fromParquet);
  return fleet.telemetry[0].time[0];
}

test("every timestamp of Parquet becomes whole microseconds UTC; a naive one is UTC", async (t) => {
  const six = micros("2015-01-01T06:00:00Z");
  assert.equal(await timeOf(t, "TIMESTAMP '2015-01-01 06:00:00'"), six);
  assert.equal(await timeOf(t, "TIMESTAMP_S '2015-01-01 06:00:00'"), six);
  assert.equal(await timeOf(t, "TIMESTAMP_MS '2015-01-01 06:00:00.250'"), six + 250_000);
  assert.equal(await timeOf(t, "TIMESTAMPTZ '2015-01-01 08:00:00+02'"), six);
  assert.equal(await timeOf(t, "DATE '2015-01-01'"), micros("2015-01-01T00:00:00Z"));
  assert.equal(await timeOf(t, "'2015-01-01T08:00:00+02:00'"), six);
});

test("what is finer than a microsecond is dropped, before 1970 as after it", async (t) => {
  assert.equal(await timeOf(t, "TIMESTAMP_NS '2015-01-01 06:00:00.000001999'"), micros("2015-01-01T06:00:00Z") + 1);
  assert.equal(await timeOf(t, "TIMESTAMP_NS '1969-12-31 23:59:59.999999999'"), -1);
});

test("texts are read as ISO 8601, with an offset or as UTC", async (t) => {
  const texts = {
    "2015-01-01": "2015-01-01T00:00:00Z",
    "2015-01-01 06:00": "2015-01-01T06:00:00Z",
    "2015-01-01T06:00:01.5Z": "2015-01-01T06:00:01.500Z",
    "2015-01-02 06:00:00+02:00": "2015-01-02T04:00:00Z",
    "2015-01-02 06:00:00-0330": "2015-01-02T09:30:00Z",
  };
  const rows = Object.keys(texts).map((text) => `a,${text},1\n`);
  const { fleet } = await load(t, { "telemetry.csv": `m,t,v\n${rows.join("")}` });
  assert.deepEqual([...fleet.telemetry[0].time], Object.values(texts).map(micros));
});

for (const text of ["01/02/2015", "1420092000", "2015-13-01", "yesterday", "infinity", "1500-01-01", "9999-01-01"]) {
  test(`the time "${text}" is refused`, async (t) => {
    const error = await refusal(t, { "telemetry.csv": `m,t,v\na,2015-01-01,1\na,${text},1\n` });
    assert.equal(error.code, "DATA_TIME_UNREADABLE");
    assert.equal(error.details.where, "telemetry.csv, line 3, column `t`");
    assert.equal(error.details.found, JSON.stringify(text));
  });
}

test("numbers are no timestamps, and timestamps no cycles", async (t) => {
  const number = await refusal(t, { "a.parquet": { sql: "SELECT 'a' AS m, 1420092000 AS t, 1.0 AS v" } }, fromParquet);
  assert.equal(number.code, "DATA_TIME_TYPE");
  assert.equal(number.details.where, "a.parquet, column `t`");
  const sql = "SELECT 'a' AS m, TIMESTAMP '2015-01-01' AS t, 1.0 AS v";
  const timestamp = await refusal(t, { "a.parquet": { sql } }, { ...fromParquet, time: "cycles" });
  assert.equal(timestamp.code, "DATA_TIME_TYPE");
});

test("cycles are whole numbers, as integers, floats or texts", async (t) => {
  for (const cycle of ["3::SMALLINT", "3.0", "'3'", "3::UBIGINT"]) {
    const files = { "a.parquet": { sql: `SELECT 'a' AS m, ${cycle} AS t, 1.0 AS v` } };
    const { fleet } = await load(t, files, { ...fromParquet, time: "cycles" });
    assert.deepEqual([...fleet.telemetry[0].time], [3], cycle);
  }
  for (const [cycle, code] of [
    ["1.5", "DATA_CYCLE_NOT_WHOLE"],
    ["1e17", "DATA_CYCLE_NOT_WHOLE"],
    ["nan", "DATA_CYCLE_NOT_WHOLE"],
    ["one", "DATA_TIME_UNREADABLE"],
  ]) {
    const error = await refusal(t, { "telemetry.csv": `m,t,v\na,1,1\na,${cycle},1\n` }, spec({ time: "cycles" }));
    assert.equal(error.code, code, cycle);
    assert.equal(error.details.where, "telemetry.csv, line 3, column `t`");
  }
});
