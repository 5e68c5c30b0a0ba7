import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { instantName, MICROS_PER_HOUR } from "../../src/core/time.ts";
import { gridCutoffs } from "../../src/labels/cutoffs.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { type ObserveOptions, observe } from "../../src/labels/observation.ts";
import { buildFleet, type FleetRows, instants } from "./build-fleet.ts";

function rowsOf(given: FleetRows, options: ObserveOptions = {}): string[] {
  const fleet = buildFleet({ ...given, events: { failures: [], ...given.events } });
  const observation = observe(fleet, buildHistory(fleet, { of: "failures" }), options);
  const { machine, cutoff } = gridCutoffs(fleet, observation, options.every);
  return [...cutoff].map((instant, row) => fleet.machines[machine[row]] + instant);
}

test("ticks are aligned to the epoch, not to the machine's first reading", () => {
  assert.deepEqual(rowsOf({ telemetry: [{ m: [7, 12, 19, 21], n: [10, 11] }] }, { every: 5 }), [
    "m10",
    "m15",
    "m20",
    "n10",
  ]);
  assert.deepEqual(rowsOf({ telemetry: [{ m: [-7, 3] }] }, { every: 5 }), ["m-5", "m0"]);
});

test("the tick at the epoch is the same zero, wherever observation begins", () => {
  for (const first of [-9, -5, -4, 0]) {
    const fleet = buildFleet({ telemetry: [{ m: [first, 3] }], events: { failures: [] } });
    const observation = observe(fleet, buildHistory(fleet, { of: "failures" }), {});
    assert.ok(Object.is([...gridCutoffs(fleet, observation, 5).cutoff].at(-1), 0), `from ${first} on`);
  }
});

test("a grid too fine for any memory is refused by its number of rows, before a row is made", () => {
  const given = { telemetry: [{ m: [0, 3e9], n: [5e8, 1.5e9] }] };
  assert.throws(
    () => rowsOf(given, { every: 1, stale: 1e10 }),
    (error) => {
      assert.ok(error instanceof ForewarnError && error.code === "PIPELINE_TOO_MANY_ROWS");
      assert.equal(error.details.found, String(3e9 + 1 + 1e9 + 1));
      return true;
    },
  );
  assert.equal(rowsOf(given, { every: 1e9, stale: 1e10 }).join(), "m0,m1000000000,m2000000000,m3000000000,n1000000000");
});

test("a machine that falls silent a hundred and fifty thousand times is observed in as many intervals", () => {
  const readings = Array.from({ length: 150_001 }, (_, i) => i * 5);
  const { length } = rowsOf({ telemetry: [{ m: readings }] }, { every: 1 });
  assert.equal(length, 150_000 * 4 + 1);
});

test("ticks before 1970 are whole hours too", () => {
  const halfPast = (hour: number) => (hour + 0.5) * MICROS_PER_HOUR;
  const fleet = buildFleet({
    time: "timestamp",
    telemetry: [{ m: [halfPast(-4), halfPast(-2)] }],
    events: { failures: [] },
  });
  const observation = observe(fleet, buildHistory(fleet, { of: "failures" }), { every: MICROS_PER_HOUR });
  const ticks = [...gridCutoffs(fleet, observation, MICROS_PER_HOUR).cutoff];
  assert.deepEqual(
    ticks.map((tick) => instantName(tick, "timestamp")),
    ["1969-12-31T21:00:00Z", "1969-12-31T22:00:00Z"],
  );
});

test("without a grid each telemetry row is a cutoff, rows of several tables once", () => {
  assert.deepEqual(rowsOf({ telemetry: [{ m: [1, 3], n: [4] }, { m: [2, 3] }] }), ["m1", "m2", "m3", "n4"]);
});

test("a tick at a failure's instant or in a downtime is no row", () => {
  const events = {
    failures: [{ machine: "m", time: 4, kind: "a" }],
    downtime: [{ machine: "m", time: 7, end: 9 }],
  };
  const telemetry = [{ m: instants(0, 10) }];
  assert.deepEqual(rowsOf({ telemetry, events }), ["m0", "m1", "m2", "m3", "m5", "m6", "m9", "m10"]);
  assert.deepEqual(rowsOf({ telemetry, events }, { every: 2 }), ["m0", "m2", "m6", "m10"]);
});

test("where observation goes on past the last telemetry to a failure, no tick there is a row", () => {
  const events = { failures: [{ machine: "m", time: 30, kind: "a" }] };
  const rows = rowsOf({ telemetry: [{ m: instants(0, 10) }], events, endsObservation: ["failures"] }, { every: 4 });
  assert.deepEqual(rows, ["m0", "m4", "m8"]);
});
