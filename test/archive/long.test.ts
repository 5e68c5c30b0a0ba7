import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csv, loadFleet, long, parquet } from "../../src/archive/index.ts";
import { asideTexts } from "./aside-rows.ts";
import { archive, load, refusal, spec, telemetry } from "./fixture.ts";

const mapping = { machine: "m", time: "t" };
const readings = (tags: Parameters<typeof long>[0]["tags"]) => long({ tag: "tag", value: "value", tags });
const source = (tags: Parameters<typeof long>[0]["tags"], says = {}) =>
  csv("telemetry.csv", { ...mapping, sensors: readings(tags), ...says });

test("every sensor of a long source keeps its own times; those with equal times are one table", async (t) => {
  const rows = [
    "a,2015-01-01 00:00,T1,20",
    "a,2015-01-01 00:00,P1,5",
    "a,2015-01-01 00:10,T1,21",
    "b,2015-01-01 00:05,V1,0.5",
    "a,2015-01-01 00:10,P1,6",
  ];
  const tags = { T1: "temperature", V1: "vibration", P1: "pressure" };
  const { fleet } = await load(
    t,
    { "telemetry.csv": `m,t,tag,value\n${rows.join("\n")}\n` },
    spec({ telemetry: [source(tags)] }),
  );
  assert.deepEqual(fleet.machines, ["a", "b"]);
  assert.deepEqual(
    fleet.telemetry.map(({ name, sensors, offsets }) => [name, Object.keys(sensors), [...offsets]]),
    [
      ["telemetry", ["temperature", "pressure"], [0, 2, 2]],
      ["telemetry_2", ["vibration"], [0, 0, 1]],
    ],
  );
  assert.deepEqual([...fleet.telemetry[0].sensors.pressure], [5, 6]);
});

test("tags may be called as their sensors, several may stand for one, and a sensor may have no row", async (t) => {
  const files = { "telemetry.csv": "m,t,tag,value\na,2015-01-01,v,1\na,2015-01-02,v2,2\n" };
  const listed = await load(
    t,
    { "telemetry.csv": "m,t,tag,value\na,2015-01-01,v,1\n" },
    spec({ telemetry: [source(["v", "w"])] }),
  );
  assert.deepEqual(
    listed.fleet.telemetry.map(({ sensors, time }) => [Object.keys(sensors)[0], time.length]),
    [
      ["v", 1],
      ["w", 0],
    ],
  );
  const { fleet } = await load(t, files, spec({ telemetry: [source({ v: "v", v2: "v" })] }));
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [1, 2]);
});

test("tags that stand for no sensor are refused, or quarantined", async (t) => {
  const files = { "telemetry.csv": "m,t,tag,value\na,2015-01-01,v,1\na,2015-01-01,x,1\na,2015-01-01,,1\n" };
  const error = await refusal(t, files, spec({ telemetry: [source(["v"])] }));
  assert.deepEqual([error.code, error.details.found], ["DATA_TAG_UNKNOWN", '"x"']);
  const rules = { unknownTag: "quarantine", missingKey: "quarantine" };
  const loaded = await load(t, files, spec({ telemetry: [source(["v"], { rules })] }));
  assert.deepEqual(await asideTexts(loaded), [
    'telemetry.csv:2 unknownTag tag="x"',
    "telemetry.csv:3 missingKey tag=nothing",
  ]);
});

test("units and ranges hold for their sensor alone", async (t) => {
  const files = { "telemetry.csv": "m,t,tag,value\na,2015-01-01,T1,212\na,2015-01-01,P1,212\na,2015-01-02,P1,-1\n" };
  const says = {
    units: { temperature: "°F -> °C" },
    ranges: { pressure: [0, 300] },
    rules: { outOfRange: "asMissing" },
  };
  const loaded = await load(t, files, spec({ telemetry: [source({ T1: "temperature", P1: "pressure" }, says)] }));
  const [temperature, pressure] = loaded.fleet.telemetry;
  assert.deepEqual([...temperature.sensors.temperature], [100]);
  assert.deepEqual([...pressure.sensors.pressure], [212, Number.NaN]);
  assert.deepEqual(loaded.sources[0].repaired, { outOfRange: 1 });
});

test("two readings of one sensor at one time are refused with both rows, or settled", async (t) => {
  const files = {
    "telemetry.csv": "m,t,tag,value\na,2015-01-01,w,0\na,2015-01-01,v,1\na,2015-01-01,v,2\na,2015-01-02,v,3\n",
  };
  const error = await refusal(t, files, spec({ telemetry: [source(["v", "w"])] }));
  assert.deepEqual(
    [error.code, error.details.where],
    ["DATA_DUPLICATE", "telemetry.csv, line 3; telemetry.csv, line 4"],
  );
  const loaded = await load(
    t,
    files,
    spec({ telemetry: [source(["v", "w"], { rules: { duplicate: "quarantine" } })] }),
  );
  assert.deepEqual(await asideTexts(loaded), ["telemetry.csv:2 duplicate", "telemetry.csv:3 duplicate"]);
  assert.deepEqual([...loaded.fleet.telemetry[0].sensors.v], [3]);
});

test("a long source stands beside a wide one, with sensors of its own", async (t) => {
  const files = { "telemetry.csv": "m,t,v\na,2015-01-01,1\n", "long.csv": "m,t,tag,value\na,2015-01-02,w,2\n" };
  const beside = csv("long.csv", { ...mapping, sensors: readings(["w"]) });
  const { fleet } = await load(t, files, spec({ telemetry: [telemetry(), beside] }));
  assert.deepEqual(
    fleet.telemetry.map(({ sensors }) => Object.keys(sensors)),
    [["v"], ["w"]],
  );
  const again = csv("long.csv", { ...mapping, sensors: readings({ w: "v" }) });
  assert.equal((await refusal(t, files, spec({ telemetry: [telemetry(), again] }))).code, "PIPELINE_SENSOR_TWICE");
});

const row = fc.record({
  machine: fc.constantFrom("a", "b", "c"),
  hour: fc.integer({ min: 0, max: 20 }),
  v: fc.integer(),
  w: fc.integer(),
});
const rows = fc.uniqueArray(row, {
  selector: ({ machine, hour }) => `${machine}/${hour}`,
  minLength: 1,
  maxLength: 20,
});

test("a wide table written as a long one, in any order, as CSV or as Parquet, is the same fleet", async (t) => {
  const time = (hour: number) => new Date(hour * 3_600_000).toISOString();
  const plan = rows.chain((table) => {
    const cells = table.flatMap(({ machine, hour, v, w }) => [
      { machine, hour, tag: "V", value: v },
      { machine, hour, tag: "W", value: w },
    ]);
    return fc.record({ table: fc.constant(table), cells: fc.shuffledSubarray(cells, { minLength: cells.length }) });
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ table, cells }) => {
      const values = cells.map(
        ({ machine, hour, tag, value }) => `('${machine}', TIMESTAMP '${time(hour).slice(0, 19)}', '${tag}', ${value})`,
      );
      const folder = await archive(t, {
        "wide.csv": `m,t,v,w\n${table.map(({ machine, hour, v, w }) => `${machine},${time(hour)},${v},${w}\n`).join("")}`,
        "long.csv": `m,t,tag,value\n${cells.map(({ machine, hour, tag, value }) => `${machine},${time(hour)},${tag},${value}\n`).join("")}`,
        "long.parquet": { sql: `SELECT * FROM (VALUES ${values.join(", ")}) AS x(m, t, tag, value)` },
      });
      const sensors = readings({ V: "v", W: "w" });
      const of = async (one: Parameters<typeof spec>[0]) => (await loadFleet(spec(one), { folder })).fleet;
      const wide = await of({ telemetry: [csv("wide.csv", { ...mapping, sensors: ["v", "w"] })] });
      assert.deepEqual(await of({ telemetry: [csv("long.csv", { ...mapping, sensors })] }), wide);
      assert.deepEqual(await of({ telemetry: [parquet("long.parquet", { ...mapping, sensors })] }), wide);
    }),
    { seed: 5, numRuns: 10 },
  );
});

test("sensors whose readings became known at other times are tables of their own, and so are wide sources with equal times", async (t) => {
  const late = source(["v", "w"], { knownAt: "k", rules: { missingKnownAt: "keep" } });
  const rows = ["a,2015-01-01,v,1,", "a,2015-01-01,w,2,2015-01-02"];
  const long = await load(t, { "telemetry.csv": `m,t,tag,value,k\n${rows.join("\n")}\n` }, spec({ telemetry: [late] }));
  assert.equal(long.fleet.telemetry.length, 2);
  const files = { "telemetry.csv": "m,t,v\na,2015-01-01,1\n", "w.csv": "m,t,w\na,2015-01-01,2\n" };
  const wide = spec({ telemetry: [telemetry(), telemetry({ path: "w.csv", sensors: ["w"] })] });
  assert.equal((await load(t, files, wide)).fleet.telemetry.length, 2);
});
