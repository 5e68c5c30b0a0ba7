import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, loadFleet, parquet } from "../../src/archive/index.ts";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import { asideTexts } from "./aside-rows.ts";
import { archive, load, micros, refusal, spec, telemetry } from "./fixture.ts";

const at = { machine: "m", time: "t" };

async function readings(t: Parameters<typeof load>[0], values: string, says: Parameters<typeof telemetry>[0]) {
  const rows = values.split(" ").map((value, i) => `a,2015-01-0${i + 1},${value}\n`);
  const { fleet } = await load(
    t,
    { "telemetry.csv": `m,t,v\n${rows.join("")}` },
    spec({ telemetry: [telemetry(says)] }),
  );
  return [...fleet.telemetry[0].sensors.v];
}

test("units are converted by whole factors", async (t) => {
  for (const [unit, from, to] of [
    ["°F -> °C", "32 212 -40", [0, 100, -40]],
    ["C -> °F", "0 100 37", [32, 212, 98.6]],
    ["K -> °C", "273.15", [0]],
    ["bar -> kPa", "1 2.5", [100, 250]],
    ["psi -> kPa", "1", [6.894757293168361]],
    ["in -> mm", "1", [25.4]],
    ["mph -> km/h", "1", [1.609344]],
    ["Hz -> rpm", "50", [3000]],
    ["rad/s -> rpm", "1", [30 / Math.PI]],
    ["g -> m/s2", "2", [19.6133]],
    ["g -> kg", "500", [0.5]],
    ["lb -> kg", "1", [0.45359237]],
    ["hp -> kW", "1", [0.7456998715822702]],
    ["kWh -> J", "1", [3.6e6]],
    ["d -> h", "2", [48]],
    ["% -> 1", "50", [0.5]],
    ["rpm -> rpm", "1234.5", [1234.5]],
  ] as const) {
    assert.deepEqual(await readings(t, from, { units: { v: unit } }), to, unit);
  }
});

test("a range holds after the conversion, and a missing value stays missing", async (t) => {
  const says = { units: { v: "°F -> °C" }, ranges: { v: [0, 100] }, rules: { outOfRange: "asMissing" } } as const;
  const nan = Number.NaN;
  assert.deepEqual(await readings(t, "212 213 31 NaN", says), [100, nan, nan, nan]);
});

test("a range may be open at one end", async (t) => {
  assert.deepEqual(await readings(t, "-5 5", { ranges: { v: [null, 0] }, rules: { outOfRange: "clip" } }), [-5, 0]);
  assert.deepEqual(await readings(t, "-5 5", { ranges: { v: [0, null] }, rules: { outOfRange: "clip" } }), [0, 5]);
});

test("what stands for a missing value is missing in every column, as a text and as a number", async (t) => {
  const says = { missing: ["-", "-999"] };
  assert.deepEqual(await readings(t, "- -999 -999.0 -99", says), [Number.NaN, Number.NaN, Number.NaN, -99]);
  const error = await refusal(
    t,
    { "telemetry.csv": "m,t,v\n-,2015-01-01,1\n" },
    spec({ telemetry: [telemetry(says)] }),
  );
  assert.equal(error.code, "DATA_NULL_KEY");
  const { fleet } = await load(
    t,
    { "a.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-01' AS t, -999 AS v" } },
    spec({ telemetry: [{ ...telemetry(says), format: "parquet", path: "a.parquet" }] }),
  );
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [Number.NaN]);
});

test("a column may have older names, but not two of them in one file", async (t) => {
  const files = { "d/1.csv": "m,t,voltage\na,2015-01-01,1\n", "d/2.csv": "machine,t,v\na,2015-01-02,2\n" };
  const source = telemetry({ path: "d", renamed: { v: ["voltage", "U"], m: ["machine"] } });
  const { fleet, sources } = await load(t, files, spec({ telemetry: [source] }));
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [1, 2]);
  assert.equal(sources[0].columns, undefined);
  const both = { "d/1.csv": "m,t,v,voltage\na,2015-01-01,1,2\n" };
  const error = await refusal(t, both, spec({ telemetry: [source] }));
  assert.equal(error.code, "DATA_COLUMN_TWICE");
});

async function localTimes(t: Parameters<typeof load>[0], zone: string, times: string[], rule?: "earlier" | "later") {
  const rows = times.map((time, i) => `m${i},${time},1\n`);
  const says = { timeZone: zone, ...(rule && { rules: { timeNotUnique: rule } }) };
  const { fleet } = await load(
    t,
    { "telemetry.csv": `m,t,v\n${rows.join("")}` },
    spec({ telemetry: [telemetry(says)] }),
  );
  return [...fleet.telemetry[0].time].map((time) => new Date(time / 1000).toISOString().slice(0, 19));
}

test("times without an offset are local to the contract's time zone, others are not", async (t) => {
  const times = ["2015-01-01 12:00", "2015-07-01 12:00", "2015-07-01T12:00Z", "2015-07-01 12:00+05:30", "2015-07-01"];
  assert.deepEqual(await localTimes(t, "Europe/Berlin", times), [
    "2015-01-01T11:00:00",
    "2015-07-01T10:00:00",
    "2015-07-01T12:00:00",
    "2015-07-01T06:30:00",
    "2015-06-30T22:00:00",
  ]);
  assert.deepEqual(await localTimes(t, "Asia/Kolkata", ["2015-07-01 12:00"]), ["2015-07-01T06:30:00"]);
});

test("a local time that exists twice is the earlier or the later one, one that does not exist lies as far beside the gap", async (t) => {
  const around = ["2015-10-25 01:59:59", "2015-10-25 02:00:00", "2015-10-25 02:59:59", "2015-10-25 03:00:00"];
  const ends = ["2015-10-24T23:59:59", "2015-10-25T02:00:00"];
  assert.deepEqual(await localTimes(t, "Europe/Berlin", around, "earlier"), [
    ends[0],
    "2015-10-25T00:00:00",
    "2015-10-25T00:59:59",
    ends[1],
  ]);
  assert.deepEqual(await localTimes(t, "Europe/Berlin", around, "later"), [
    ends[0],
    "2015-10-25T01:00:00",
    "2015-10-25T01:59:59",
    ends[1],
  ]);
  // Clocks went from 02:00 to 03:00.
  assert.deepEqual(await localTimes(t, "Europe/Berlin", ["2015-03-29 02:30"], "earlier"), ["2015-03-29T00:30:00"]);
  assert.deepEqual(await localTimes(t, "Europe/Berlin", ["2015-03-29 02:30"], "later"), ["2015-03-29T01:30:00"]);
});

test("a local time that does not exist is refused like one that exists twice; those beside it are read", async (t) => {
  const source = telemetry({ timeZone: "America/New_York" });
  const files = {
    "telemetry.csv": "m,t,v\na,2015-03-08 01:59:59,1\na,2015-03-08 03:00:00,2\na,2015-03-08 02:00:00,3\n",
  };
  const error = await refusal(t, files, spec({ telemetry: [source] }));
  assert.deepEqual([error.code, error.details.found], ["TIME_NOT_UNIQUE", '"2015-03-08 02:00:00"']);
});

test("every hour of a year is the instant at which clocks in its time zone show it", async (t) => {
  for (const zone of ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"]) {
    const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    const start = Date.parse("2018-01-01T00:00:00Z");
    const hours = Array.from({ length: 365 * 24 }, (_, i) => start + i * 3_600_000);
    const shown = new Map<string, number[]>();
    for (const instant of hours) {
      const text = clock.format(instant);
      shown.set(text, [...(shown.get(text) ?? []), instant]);
    }
    const rows = [...shown].map(([text], i) => `m${String(i).padStart(5, "0")},${text},1\n`);
    for (const rule of ["earlier", "later"] as const) {
      const source = telemetry({ timeZone: zone, rules: { timeNotUnique: rule } });
      const { fleet } = await load(t, { "telemetry.csv": `m,t,v\n${rows.join("")}` }, spec({ telemetry: [source] }));
      const expected = [...shown.values()].map((instants) => (rule === "earlier" ? instants[0] : instants.at(-1)!));
      const wrong = [...fleet.telemetry[0].time].filter((time, i) => time / 1000 !== expected[i]);
      // Lord Howe's clocks go back by half an hour: the other time of such an hour is not among the hours.
      assert.ok(zone === "Australia/Lord_Howe" ? wrong.length <= 4 : wrong.length === 0, `${zone} ${rule} ${wrong}`);
    }
  }
});

test("a time zone holds for every type of a naive time, and not for instants", async (t) => {
  for (const [sql, expected] of [
    ["TIMESTAMP '2015-07-01 12:00:00'", "2015-07-01T10:00:00Z"],
    ["TIMESTAMP_NS '2015-07-01 12:00:00.000000001'", "2015-07-01T10:00:00Z"],
    ["TIMESTAMP_MS '2015-07-01 12:00:00'", "2015-07-01T10:00:00Z"],
    ["DATE '2015-07-01'", "2015-06-30T22:00:00Z"],
    ["TIMESTAMPTZ '2015-07-01 12:00:00+00'", "2015-07-01T12:00:00Z"],
    ["'2015-07-01 12:00:00'", "2015-07-01T10:00:00Z"],
  ]) {
    const files = { "a.parquet": { sql: `SELECT 'a' AS m, ${sql} AS t, 1.0 AS v` } };
    const source = telemetry({ format: "parquet", path: "a.parquet", timeZone: "Europe/Berlin" });
    const { fleet } = await load(t, files, spec({ telemetry: [source] }));
    assert.equal(fleet.telemetry[0].time[0], micros(expected), sql);
  }
});

test("telemetry stamped at the start of its interval is known at its end, plus the delay", async (t) => {
  const files = { "telemetry.csv": "m,t,v\na,2015-01-01 00:00,1\n" };
  const known = async (says: Parameters<typeof telemetry>[0]) => {
    const { fleet } = await load(t, files, spec({ telemetry: [telemetry(says)] }));
    return (fleet.telemetry[0].knownAt[0] - fleet.telemetry[0].time[0]) / MICROS_PER_HOUR;
  };
  assert.equal(await known({ stamp: "start", stampInterval: "1h" }), 1);
  assert.equal(await known({ stamp: "start", stampInterval: "1h", delay: "30m" }), 1.5);
  assert.equal(await known({ stamp: "end" }), 0);
});

test("the clock refuses what is more than a day ahead of it, and changes nothing else", async (t) => {
  const folder = await archive(t, { "telemetry.csv": "m,t,v\na,2015-01-01,1\na,2015-01-03 12:00,2\n" });
  const loadAt = (now?: string) => loadFleet(spec(), { folder, ...(now && { now: new Date(now) }) });
  const { fleet } = await loadAt();
  assert.deepEqual((await loadAt("2015-01-02T12:00:00Z")).fleet, fleet);
  await assert.rejects(loadAt("2015-01-02T11:59:59Z"), { code: "TIME_IN_FUTURE" });
});

test("a contract's notAfter counts instead of the clock", async (t) => {
  const folder = await archive(t, { "telemetry.csv": "m,t,v\na,2015-01-01,1\na,2015-01-03,2\n" });
  const source = telemetry({ notAfter: "2015-01-02", rules: { futureTime: "quarantine" } });
  const days = ["2014-01-01", "2016-01-01"];
  for (const now of days) {
    const loaded = await loadFleet(spec({ telemetry: [source] }), { folder, now: new Date(now) });
    assert.deepEqual(await asideTexts(loaded), ['telemetry.csv:2 futureTime t="2015-01-03"']);
  }
});

test("of rows with one key the one that became known last stays, if there is only one", async (t) => {
  const lines = [
    "a,2015-01-01,2015-01-02,1", // superseded
    "a,2015-01-01,2015-01-05,2",
    "a,2015-01-01,2015-01-03,3", // superseded
    "b,2015-01-01,2015-01-02,4", // two latest that contradict each other
    "b,2015-01-01,2015-01-02,5",
    "c,2015-01-01,2015-01-02,6", // two latest that agree
    "c,2015-01-01,2015-01-02,6",
    "d,2015-01-01,,7",
    "e,2015-01-05,2015-01-01,8", // superseded, though both were known before their time
    "e,2015-01-05,2015-01-03,9",
    "f,2015-01-01,,10", // known at its time, so superseded
    "f,2015-01-01,2015-01-02,11",
  ];
  const files = { "telemetry.csv": `m,t,k,v\n${lines.join("\n")}\n` };
  const source = telemetry({ knownAt: "k", rules: { duplicate: "latestKnown", missingKnownAt: "keep" } });
  const loaded = await load(t, files, spec({ telemetry: [source] }));
  assert.deepEqual(loaded.fleet.machines, ["a", "c", "d", "e", "f"]);
  assert.deepEqual([...loaded.fleet.telemetry[0].sensors.v], [2, 6, 7, 9, 11]);
  assert.deepEqual(
    (await asideTexts(loaded)).map((text) => Number(text.split(/[: ]/)[1])),
    [1, 3, 4, 5, 7, 9, 11],
  );
});

test("rows that differ in how a value is missing or written agree", async (t) => {
  const rows = [
    "a,2015-01-01,NaN",
    "a,2015-01-01,",
    "a,2015-01-02,0.30",
    "a,2015-01-02,.3",
    "a,2015-01-03,0",
    "a,2015-01-03,-0",
  ];
  const rules = { duplicate: "quarantine" } as const;
  const files = { "telemetry.csv": `m,t,v\n${rows.join("\n")}\n` };
  const loaded = await load(t, files, spec({ telemetry: [telemetry({ rules })] }));
  assert.deepEqual([...loaded.fleet.telemetry[0].sensors.v], [Number.NaN, 0.3, 0]);
  assert.deepEqual(loaded.sources[0].quarantined, { duplicate: 3 });
});

test("a value is repaired once: what one rule has made missing is not out of range as well", async (t) => {
  const files = { "telemetry.csv": "m,t,v\na,2015-01-01,inf\na,2015-01-02,99\na,2015-01-03,5\n" };
  for (const outOfRange of ["asMissing", "clip"] as const) {
    const source = telemetry({ ranges: { v: [0, 10] }, rules: { infiniteValue: "asMissing", outOfRange } });
    const { fleet, sources } = await load(t, files, spec({ telemetry: [source] }));
    assert.deepEqual(sources[0].repaired, { infiniteValue: 1, outOfRange: 1 });
    const second = outOfRange === "clip" ? 10 : Number.NaN;
    assert.deepEqual([...fleet.telemetry[0].sensors.v], [Number.NaN, second, 5]);
  }
});

test("a file that lacks the column of when rows became known is refused, whatever may be dropped", async (t) => {
  const files = { "d/1.csv": "m,t,k,v\na,2015-01-01,2015-01-02,1\n", "d/2.csv": "m,t,v\na,2015-01-03,1\n" };
  const source = telemetry({ path: "d", knownAt: "k", rules: { columnDropped: "asMissing", missingKnownAt: "keep" } });
  const error = await refusal(t, files, spec({ telemetry: [source] }));
  assert.deepEqual([error.code, error.details.where], ["DATA_COLUMN_MISSING", "d/2.csv, read as telemetry"]);
});

test("of rows that agree one stays, wherever the copies are; rows that contradict each other all go", async (t) => {
  const files = {
    "d/1.csv": "m,t,v\na,2015-01-01,1\nb,2015-01-01,\n",
    "d/2.csv": "m,t,v\nb,2015-01-01,\na,2015-01-01,1\nc,2015-01-01,1\nc,2015-01-01,\n",
    "events.csv": "m,t,k\na,2015-01-02,x\na,2015-01-02,x\na,2015-01-02,y\n",
    "machines.csv": "m,age\na,1\na,2\nb,3\nb,3\n",
    "schedule.csv": "c,h\nx,10\nx,10\ny,1\ny,2\n",
  };
  const rules = { duplicate: "quarantine" } as const;
  const loaded = await load(t, files, {
    ...spec({ telemetry: [telemetry({ path: "d", rules })] }),
    events: { errors: csv("events.csv", { ...at, kind: "k", rules }) },
    machines: csv("machines.csv", { machine: "m", attributes: { age: "number" }, rules }),
    reference: { schedule: csv("schedule.csv", { component: "c", interval: "h", rules }) },
  });
  assert.deepEqual(loaded.fleet.machines, ["a", "b"]);
  assert.deepEqual(loaded.fleet.events["errors"].kinds, ["x", "y"]);
  assert.equal(loaded.fleet.events["errors"].time.length, 2);
  assert.deepEqual([...loaded.fleet.machineTable!.attributes["age"].values], [3]);
  assert.deepEqual(
    loaded.fleet.schedule?.map(({ component, interval }) => [component, interval]),
    [["x", 10]],
  );
  assert.deepEqual(await asideTexts(loaded), [
    "machines.csv:1 duplicate",
    "machines.csv:2 duplicate",
    "machines.csv:4 duplicate",
    "d/2.csv:1 duplicate",
    "d/2.csv:2 duplicate",
    "d/2.csv:3 duplicate",
    "d/2.csv:4 duplicate",
    "events.csv:2 duplicate",
    "schedule.csv:2 duplicate",
    "schedule.csv:3 duplicate",
    "schedule.csv:4 duplicate",
  ]);
});

test("line ends of several kinds in one file are read", async (t) => {
  const text = 'm,t,v\r\na,2015-01-01,1\na,2015-01-02,2\ra,2015-01-03,3\r\n\n"a",2015-01-04,4';
  const { fleet, sources } = await load(t, { "telemetry.csv": text });
  assert.deepEqual([...fleet.telemetry[0].sensors.v], [1, 2, 3, 4]);
  assert.equal(sources[0].read, 4);
});

test("Parquet rows are quarantined from among all row groups, with their numbers", async (t) => {
  const sql = `SELECT 'm' || (i % 7) AS m, TIMESTAMP '2015-01-01' + INTERVAL (i) SECOND AS t, CASE WHEN i % 50000 = 3 THEN 'inf' ELSE '1' END AS v FROM range(300000) AS r(i)`;
  const source = parquet("a.parquet", { ...at, sensors: ["v"], rules: { infiniteValue: "quarantine" } });
  const loaded = await load(t, { "a.parquet": { sql } }, spec({ telemetry: [source] }));
  assert.deepEqual(
    await asideTexts(loaded),
    [3, 50003, 100003, 150003, 200003, 250003].map((row) => `a.parquet:${row + 1} infiniteValue v="inf"`),
  );
  assert.equal(loaded.sources[0].used, 300000 - 6);
});

test("a row that is set aside for itself is no measure for the order of those after it", async (t) => {
  const files = { "telemetry.csv": "m,t,v\na,2015-01-01,1\na,2015-01-09,99\na,2015-01-02,2\n" };
  const rules = { outOfRange: "quarantine", outOfOrder: "quarantine" } as const;
  const source = telemetry({ order: "sorted", ranges: { v: [0, 5] }, rules });
  const loaded = await load(t, files, spec({ telemetry: [source] }));
  assert.deepEqual(await asideTexts(loaded), ['telemetry.csv:2 outOfRange v="99"']);
  assert.deepEqual([...loaded.fleet.telemetry[0].sensors.v], [1, 2]);
});

test("text after a closing quote breaks its line, and no other", async (t) => {
  const files = { "telemetry.csv": 'm,t,v\na,2015-01-01,1\n"a"b,2015-01-02,2\n"a",2015-01-03,3\n' };
  const loaded = await load(t, files, spec({ telemetry: [telemetry({ rules: { brokenLine: "quarantine" } })] }));
  assert.deepEqual(await asideTexts(loaded), ["telemetry.csv:2 brokenLine"]);
  assert.deepEqual([...loaded.fleet.telemetry[0].sensors.v], [1, 3]);
});
