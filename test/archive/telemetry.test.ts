import assert from "node:assert/strict";
import { test } from "node:test";
import { parquet } from "../../src/archive/index.ts";
import { load, micros, refusal, spec, telemetry } from "./fixture.ts";

test("rows are grouped by machine and sorted by time, whatever their order in the file", async (t) => {
  const { fleet } = await load(t, {
    "telemetry.csv": "t,m,v\n2015-01-01 02:00,b,4\n2015-01-01 01:00,a,2\n2015-01-01 01:00,b,3\n2015-01-01 00:00,a,1\n",
  });
  assert.deepEqual(fleet.machines, ["a", "b"]);
  const [table] = fleet.telemetry;
  assert.deepEqual([...table.offsets], [0, 2, 4]);
  assert.deepEqual([...table.sensors.v], [1, 2, 3, 4]);
  assert.deepEqual(
    [...table.time],
    ["00", "01", "01", "02"].map((hour) => micros(`2015-01-01T${hour}:00Z`)),
  );
});

test("machines are ordered by the bytes of their UTF-8 names", async (t) => {
  const names = ["10", "9", "Z", "a", "é", "\uFFFD", "\u{1F600}"];
  const rows = [...names].reverse().map((name) => `${name},2015-01-01,1\n`);
  const { fleet } = await load(t, { "telemetry.csv": `m,t,v\n${rows.join("")}` });
  assert.deepEqual(fleet.machines, names);
});

test("a missing or NaN reading is NaN; booleans are 0 and 1", async (t) => {
  const { fleet } = await load(t, {
    "telemetry.csv": "m,t,v\na,2015-01-01,\na,2015-01-02,NaN\na,2015-01-03,true\na,2015-01-04,-1.5e3\n",
  });
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [Number.NaN, Number.NaN, 1, -1500]);
});

test("machines are texts everywhere: integers without leading zeros, whole floats without a point", async (t) => {
  const source = (path: string) => ({ ...telemetry(), format: "parquet" as const, path });
  for (const m of ["7::INTEGER", "7::UBIGINT", "7.0::DOUBLE", "7::DECIMAL(9,2)", "'7'", "'007'"]) {
    const files = { "a.parquet": { sql: `SELECT ${m} AS m, TIMESTAMP '2015-01-01' AS t, 1.0 AS v` } };
    const { fleet } = await load(t, files, spec({ telemetry: [source("a.parquet")] }));
    assert.deepEqual(fleet.machines, ["7"], m);
  }
  const { fleet } = await load(t, { "telemetry.csv": "m,t,v\n007,2015-01-01,1\nA07,2015-01-01,1\n00,2015-01-01,1\n" });
  assert.deepEqual(fleet.machines, ["0", "7", "A07"]);
});

test("a machine that is a number but not a whole one is refused", async (t) => {
  const files = { "a.parquet": { sql: "SELECT unnest([1.0, 1.5]) AS m, TIMESTAMP '2015-01-01' AS t, 1.0 AS v" } };
  const error = await refusal(t, files, spec({ telemetry: [telemetry({ format: "parquet", path: "a.parquet" })] }));
  assert.equal(error.code, "DATA_COLUMN_TYPE");
  assert.equal(error.details.where, "a.parquet, row 2, column `m`");
});

test("a row is known at the later of its time and its knownAt, plus the delay", async (t) => {
  const files = {
    "telemetry.csv":
      "m,t,k,v\na,2015-01-01 00:00,2015-01-01 05:00,1\na,2015-01-01 01:00,,2\na,2015-01-01 02:00,2015-01-01 00:00,3\n",
  };
  const late = spec({ telemetry: [telemetry({ knownAt: "k", delay: "30m", rules: { missingKnownAt: "keep" } })] });
  const { fleet } = await load(t, files, late);
  assert.deepEqual(
    [...fleet.telemetry[0].knownAt],
    ["05:30", "01:30", "02:30"].map((time) => micros(`2015-01-01T${time}Z`)),
  );
  const punctual = await load(t, files);
  assert.equal(punctual.fleet.telemetry[0].knownAt, punctual.fleet.telemetry[0].time);
});

test("sources that name the same sensors are one table, others each their own, over the same machines", async (t) => {
  const files = {
    "one.csv": "m,t,v,w\na,2015-01-01,1,2\n",
    "two.csv": "machine;when;w;v\nb;2015-01-01;20;10\n",
    "three.csv": "m,t,x\nb,2015-01-01,5\nc,2015-01-01,6\n",
  };
  const sources = [
    telemetry({ path: "one.csv", sensors: ["v", "w"] }),
    telemetry({ path: "three.csv", sensors: ["x"] }),
    telemetry({ path: "two.csv", machine: "machine", time: "when", sensors: ["w", "v"] }),
  ];
  const { fleet, sources: reports } = await load(t, files, spec({ telemetry: sources }));
  assert.deepEqual(fleet.machines, ["a", "b", "c"]);
  assert.equal(fleet.telemetry.length, 2);
  const [first, second] = fleet.telemetry;
  assert.deepEqual([...first.offsets], [0, 1, 2, 2]);
  assert.deepEqual(
    [[...first.sensors.v], [...first.sensors.w]],
    [
      [1, 10],
      [2, 20],
    ],
  );
  assert.deepEqual([...second.offsets], [0, 0, 1, 2]);
  assert.deepEqual([...second.sensors.x], [5, 6]);
  assert.notEqual(first.name, second.name);
  assert.deepEqual(
    reports.map(({ source, read }) => [source, read]),
    [
      ["telemetry[0]", 1],
      ["telemetry[1]", 2],
      ["telemetry[2]", 1],
    ],
  );
});

test("sensors that only some sources share are refused", async (t) => {
  const sources = [telemetry({ sensors: ["v"] }), telemetry({ sensors: ["v", "w"] })];
  const error = await refusal(t, { "telemetry.csv": "m,t,v,w\n" }, spec({ telemetry: sources }));
  assert.equal(error.code, "PIPELINE_SENSOR_TWICE");
});

test("no name of a column or file is read as SQL or as a wildcard", async (t) => {
  const column = `a"b'; DROP TABLE x; --`;
  const path = `it's [1] *.parquet`;
  const files = {
    [path]: { sql: `SELECT 'm' AS m, DATE '2015-01-01' AS t, 3.5 AS "${column.replaceAll('"', '""')}"` },
    "it's 1 x.parquet": { sql: "SELECT 'other' AS m, DATE '2015-01-01' AS t, 1.0 AS v" },
  };
  const source = parquet(path, { machine: "m", time: "t", sensors: [column] });
  const { fleet } = await load(t, files, spec({ telemetry: [source] }));
  assert.deepEqual(fleet.machines, ["m"]);
  assert.deepEqual([...fleet.telemetry[0].sensors[column]], [3.5]);

  const quoted = { "telemetry.csv": 'm,t,"a""b,c"\n"x\'); --",2015-01-01,1\n' };
  const second = await load(t, quoted, spec({ telemetry: [telemetry({ sensors: ['a"b,c'] })] }));
  assert.deepEqual(second.fleet.machines, ["x'); --"]);
});

test("sensors whose names differ only in case, or are called like internals, are kept apart", async (t) => {
  const files = { "telemetry.csv": "m,t,v,V,file,row,f0,r0\na,2015-01-01,1,2,3,4,5,6\n" };
  const sensors = ["v", "V", "file", "row", "f0", "r0"];
  const { fleet } = await load(t, files, spec({ telemetry: [telemetry({ sensors })] }));
  assert.deepEqual(
    sensors.map((sensor) => fleet.telemetry[0].sensors[sensor][0]),
    [1, 2, 3, 4, 5, 6],
  );
});

test("one file may hold whole numbers where another holds floats or texts", async (t) => {
  const files = {
    "d/1.parquet": { sql: "SELECT 1 AS m, TIMESTAMP '2015-01-01' AS t, 1 AS v" },
    "d/2.parquet": { sql: "SELECT '1' AS m, DATE '2015-01-02' AS t, 2.5::FLOAT AS v" },
    "d/3.parquet": { sql: "SELECT '3.25' AS v, '2015-01-03' AS t, 1.0 AS m" },
  };
  const { fleet } = await load(t, files, spec({ telemetry: [telemetry({ format: "parquet", path: "d" })] }));
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [1, 2.5, 3.25]);
});

test("a separator too many at the end of a line is no column, whatever stands elsewhere in the file", async (t) => {
  const rows = "m,t,v\na,2015-01-01,1,\na,2015-01-02,2\n";
  const source = telemetry({ rules: { brokenLine: "quarantine" } });
  const plain = await load(t, { "telemetry.csv": rows }, spec({ telemetry: [source] }));
  const torn = await load(t, { "telemetry.csv": `${rows}a,2015\n` }, spec({ telemetry: [source] }));
  assert.deepEqual([...plain.fleet.telemetry[0].sensors.v], [1, 2]);
  assert.deepEqual(torn.fleet, plain.fleet);
});
