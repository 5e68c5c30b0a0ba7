import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../src/archive/index.ts";
import type { SourceSpec } from "../../src/archive/spec.ts";
import { load, micros, spec } from "./fixture.ts";

const rows = "m,t,v\na,2015-01-01,1\nb,2015-01-01,2\n";

function events(name: string, parts: Partial<SourceSpec> = {}) {
  return spec({ events: { [name]: { ...csv("events.csv", { machine: "m", time: "t", kind: "k" }), ...parts } } });
}

test("events are sorted by machine, time, kind, and kinds by their bytes", async (t) => {
  const text = "k,m,t\nz,b,2015-01-02\nb,a,2015-01-03\né,a,2015-01-02\nZ,a,2015-01-03\n";
  const { fleet } = await load(t, { "telemetry.csv": rows, "events.csv": text }, events("errors"));
  const { errors } = fleet.events;
  assert.deepEqual(errors.kinds, ["Z", "b", "z", "é"]);
  assert.deepEqual([...errors.offsets], [0, 3, 4]);
  assert.deepEqual(
    Array.from(errors.kind, (code) => errors.kinds[code]),
    ["é", "Z", "b", "z"],
  );
  assert.equal(errors.knownAt, errors.time);
});

test("kinds that are numbers are texts, as they stand", async (t) => {
  const text = "m,t,k\na,2015-01-02,007\na,2015-01-02,7\n";
  const { fleet } = await load(t, { "telemetry.csv": rows, "events.csv": text }, events("errors"));
  assert.deepEqual(fleet.events.errors.kinds, ["007", "7"]);
  const parquet = { "telemetry.csv": rows, "e.parquet": { sql: "SELECT 'a' AS m, DATE '2015-01-02' AS t, 7.0 AS k" } };
  const other = await load(t, parquet, events("errors", { format: "parquet", path: "e.parquet" }));
  assert.deepEqual(other.fleet.events.errors.kinds, ["7"]);
});

test("a table without kinds has the kind that has no name", async (t) => {
  const text = "m,t\na,2015-01-02\n";
  const { fleet } = await load(t, { "telemetry.csv": rows, "events.csv": text }, events("errors", { kind: undefined }));
  assert.deepEqual(fleet.events.errors.kinds, [""]);
  assert.deepEqual([...fleet.events.errors.kind], [0]);
});

test("failures and maintenance are outcomes unless said otherwise, other tables are not", async (t) => {
  const files = { "telemetry.csv": rows, "events.csv": "m,t,k\n" };
  const outcome = async (name: string, parts: Partial<SourceSpec> = {}) =>
    (await load(t, files, events(name, parts))).fleet.events[name].outcome;
  assert.equal(await outcome("failures"), true);
  assert.equal(await outcome("maintenance"), true);
  assert.equal(await outcome("errors"), false);
  assert.equal(await outcome("failures", { outcome: false }), false);
  assert.equal(await outcome("inspections", { outcome: true }), true);
});

test("an event is known at the later of its time and its knownAt, plus the delay, and keeps its own time", async (t) => {
  const text =
    "m,t,k,known\na,2015-01-02 00:00,x,2015-01-02 05:00\na,2015-01-02 01:00,x,\na,2015-01-02 02:00,x,2015-01-01 00:00\n";
  const late = events("errors", { knownAt: "known", delay: "30m", rules: { missingKnownAt: "keep" } });
  const { fleet } = await load(t, { "telemetry.csv": rows, "events.csv": text }, late);
  const at = (...times: string[]) => times.map((time) => micros(`2015-01-02T${time}Z`));
  assert.deepEqual([...fleet.events.errors.time], at("00:00", "01:00", "02:00"));
  assert.deepEqual([...fleet.events.errors.knownAt], at("05:30", "01:30", "02:30"));
});

test("a file with a header alone is a table without rows", async (t) => {
  const { fleet, sources } = await load(t, { "telemetry.csv": rows, "events.csv": "m,t,k\n" }, events("failures"));
  assert.deepEqual([...fleet.events.failures.offsets], [0, 0, 0]);
  assert.deepEqual(
    sources[1].files.map(({ read }) => read),
    [0],
  );
});

test("an event lasts until its end; without one, or with one beyond counting, it is still open", async (t) => {
  const text = "m,t,e\na,2015-01-02,2015-01-03\na,2015-01-04,\na,2015-01-05,9999-12-31\n";
  const down = events("downtime", { kind: undefined, end: "e" });
  const { fleet } = await load(t, { "telemetry.csv": rows, "events.csv": text }, down);
  assert.deepEqual([...(fleet.events.downtime.end ?? [])], [micros("2015-01-03T00:00:00Z"), Infinity, Infinity]);
  const without = await load(t, { "telemetry.csv": rows, "events.csv": "m,t,k\na,2015-01-02,x\n" }, events("errors"));
  assert.equal(without.fleet.events.errors.end, undefined);
});

test("rows of machines without telemetry are set aside, counted and do not name kinds", async (t) => {
  const text = "m,t,k\na,2015-01-02,x\nc,2015-01-02,y\nc,2015-01-03,y\n";
  const { fleet, sources } = await load(t, { "telemetry.csv": rows, "events.csv": text }, events("errors"));
  assert.deepEqual(fleet.events.errors.kinds, ["x"]);
  const [, report] = sources;
  assert.equal(report.source, "events.errors");
  assert.deepEqual([report.read, report.used, report.quarantined], [3, 1, { unknownMachine: 2 }]);
});
