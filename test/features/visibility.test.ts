import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, lag, limitMargin, rolling, timeSince, usedSince } from "../../src/features/index.ts";
import { featuresAt } from "./support/compute.ts";
import type { FleetRows } from "./support/make-fleet.ts";

const NONE = Number.NaN;

/** Volt 10 at cycle 1, 20 at 2, 30 at 3, 40 at 4. */
const readings = [1, 2, 3, 4].map((time) => ({ time, values: { volt: 10 * time } }));

test("a window is (t - length, t]: a reading at t counts, one at t - length does not", async () => {
  const spec = rolling("volt", { over: "2c", stats: ["min", "max", "count"] });
  assert.deepEqual(await featuresAt({ telemetry: { t: readings } }, spec, [3, 4]), {
    volt_min_2c: [20, 30],
    volt_max_2c: [30, 40],
    volt_count_2c: [2, 2],
  });
});

test("a reading that became known late is absent until then, and then is in the window of its time", async () => {
  const late = readings.map((row) => (row.time === 3 ? { ...row, knownAt: 5 } : row));
  const rows = { telemetry: { t: late } };
  const spec = rolling("volt", { over: "3c", stats: ["last", "count"] });
  assert.deepEqual(await featuresAt(rows, spec, [3, 4, 5]), {
    volt_last_3c: [20, 40, 40],
    volt_count_3c: [2, 2, 2],
  });
  assert.deepEqual(await featuresAt(rows, lag("volt", { by: "1c", hold: "2c" }), [4, 5]), { volt_lag_1c: [20, 40] });
  assert.deepEqual(await featuresAt(rows, lag("volt", { by: "2c", hold: "1c" }), [4, 5]), { volt_lag_2c: [20, 30] });
});

test("an event is visible at its instant, an outcome strictly after it", async () => {
  const rows: FleetRows = {
    telemetry: { t: readings },
    events: { errors: [{ time: 2, kind: "e" }], maintenance: [{ time: 2, kind: "a" }] },
  };
  assert.deepEqual(await featuresAt(rows, countOf("errors", { over: "2c" }), [1, 2, 3, 4]), {
    errors_e_count_2c: [0, 1, 1, 0],
    errors_any_count_2c: [0, 1, 1, 0],
  });
  assert.deepEqual(await featuresAt(rows, countOf("maintenance", { over: "2c" }), [1, 2, 3, 4]), {
    maintenance_a_count_2c: [0, 0, 1, 0],
    maintenance_any_count_2c: [0, 0, 1, 0],
  });
  assert.deepEqual((await featuresAt(rows, timeSince("errors"), [1, 2, 3]))["errors_e_timeSince"], [NONE, 0, 1]);
  assert.deepEqual((await featuresAt(rows, timeSince("maintenance"), [1, 2, 3]))["maintenance_a_timeSince"], [
    NONE,
    NONE,
    1,
  ]);
});

test("an event that became known late counts from then on, an outcome strictly after then, both at their own time", async () => {
  const rows: FleetRows = {
    telemetry: { t: readings },
    events: {
      errors: [{ time: 1, knownAt: 3, kind: "e" }],
      maintenance: [{ time: 1, knownAt: 3, kind: "a" }],
    },
  };
  const errors = await featuresAt(rows, timeSince("errors"), [2, 3, 4]);
  const maintenance = await featuresAt(rows, timeSince("maintenance"), [2, 3, 4]);
  assert.deepEqual(errors["errors_any_timeSince"], [NONE, 2, 3]);
  assert.deepEqual(maintenance["maintenance_any_timeSince"], [NONE, NONE, 3]);
});

test("the last event is the last one visible, even when an earlier one becomes known after it", async () => {
  const rows: FleetRows = {
    telemetry: { t: readings },
    events: { errors: [{ time: 1, knownAt: 4 }, { time: 2 }] },
  };
  assert.deepEqual((await featuresAt(rows, timeSince("errors"), [1, 3, 5]))["errors_any_timeSince"], [NONE, 1, 3]);
});

test("a window never reaches across a replacement, once that is visible", async () => {
  const rows: FleetRows = {
    telemetry: { t: readings },
    events: { maintenance: [{ time: 2, kind: "a" }] },
  };
  const spec = rolling("volt", { over: "9c", stats: ["min", "count"], resetOn: "maintenance" });
  // At 2 the replacement is not visible yet; from 3 on readings at or before 2 are cut off.
  assert.deepEqual(await featuresAt(rows, spec, [2, 3, 4]), {
    volt_min_9c: [10, 30, 30],
    volt_count_9c: [2, 1, 2],
  });
});

test("a window does not start anew at a replacement that is not known yet", async () => {
  const rows: FleetRows = {
    telemetry: { t: readings },
    events: { maintenance: [{ time: 2, knownAt: 3, kind: "a" }] },
  };
  const spec = rolling("volt", { over: "9c", stats: "count", resetOn: "maintenance" });
  assert.deepEqual(await featuresAt(rows, spec, [3, 4]), { volt_count_9c: [3, 2] });
});

test("an event of another machine changes nothing", async () => {
  const rows: FleetRows = {
    machines: ["m", "n"],
    telemetry: { t: readings },
    events: { maintenance: [{ machine: "n", time: 2, kind: "a" }] },
  };
  const spec = rolling("volt", { over: "9c", stats: "count", resetOn: "maintenance" });
  assert.deepEqual(await featuresAt(rows, spec, [4]), { volt_count_9c: [4, 0] });
  assert.deepEqual((await featuresAt(rows, timeSince("maintenance"), [4]))["maintenance_a_timeSince"], [NONE, 2]);
});

test("time in use counts what is known: a late reading changes it only from then on", async () => {
  const late = readings.map((row) => (row.time === 3 ? { ...row, values: { volt: 0 }, knownAt: 5 } : row));
  const rows: FleetRows = { telemetry: { t: late }, events: { maintenance: [{ time: 1, kind: "a" }] } };
  const spec = usedSince("maintenance", { sensor: "volt" });
  // At 4 the reading of 2 still holds to 4; from 5 on the machine is known to have stood still from 3 to 4.
  assert.deepEqual((await featuresAt(rows, spec, [4, 5]))["maintenance_a_usedSince_volt"], [3, 3]);
  assert.deepEqual((await featuresAt(rows, spec, [4, 6]))["maintenance_a_usedSince_volt"], [3, 4]);
});

test("an instant is covered as soon as the first of its readings is known", async () => {
  const rows: FleetRows = {
    telemetry: {
      fast: [0, 1, 2].map((time) => ({ time, values: { volt: 0 } })),
      slow: [{ time: 1, knownAt: 9, values: { flow: 0 } }],
    },
    events: { maintenance: [{ time: 0, kind: "a" }] },
  };
  const spec = usedSince("maintenance", { hold: "1c" });
  assert.deepEqual((await featuresAt(rows, spec, [2, 9]))["maintenance_a_usedSince"], [2, 3]);
});

test("reference rows hold from validFrom on", async () => {
  const rows: FleetRows = {
    telemetry: { t: readings },
    limits: [
      { match: {}, validFrom: Number.NEGATIVE_INFINITY, sensor: "volt", low: 0, high: 100 },
      { match: {}, validFrom: 3, sensor: "volt", low: 0, high: 50 },
    ],
  };
  assert.deepEqual(await featuresAt(rows, limitMargin("limits"), [2, 3, 4]), { volt_limitMargin: [20, 20, 10] });
});
