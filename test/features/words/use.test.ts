import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { MICROS_PER_HOUR } from "../../../src/core/time.ts";
import { age, hoursAbove, limitExceeded } from "../../../src/features/index.ts";
import { featuresAt } from "../support/compute.ts";
import type { FleetRows } from "../support/make-fleet.ts";

const NONE = Number.NaN;

/** Cycle 0, 1, 2 …: what a sensor read. */
function loads(...values: readonly number[]): FleetRows {
  return { telemetry: { t: values.map((load, time) => ({ time, values: { load } })) } };
}

test("hoursAbove adds what readings of the window hold while above; at the load is not above", async () => {
  const rows = loads(90, 80, 95, NONE, 70, 99);
  const spec = hoursAbove("load", { above: 80, over: "4c", hold: "3c" });
  // (-4, 0] … (1, 5]: 0 to 1 above, 1 to 2 not, 2 to 4 above (3 is missing), 4 to 5 not, 5 on above.
  assert.deepEqual(await featuresAt(rows, spec, [0, 1, 2, 3, 4, 5, 7]), {
    load_hoursAbove_80_4c: [0, 1, 1, 2, 2, 2, 2],
  });
});

test("hoursAbove holds a reading no longer than it may, and knows nothing without one", async () => {
  const spec = hoursAbove("load", { above: 0, over: "9c", hold: "2c" });
  assert.deepEqual(await featuresAt(loads(1), spec, [0, 1, 2, 5, 9]), { load_hoursAbove_0_9c: [0, 1, 2, 2, NONE] });
});

test("hoursAbove starts anew after a replacement where it is told to", async () => {
  const rows = { ...loads(9, 9, 9, 9), events: { maintenance: [{ time: 1 }] } };
  const spec = hoursAbove("load", { above: 0, over: "9c", hold: "2c", resetOn: "maintenance" });
  assert.deepEqual(await featuresAt(rows, spec, [1, 2, 3]), { load_hoursAbove_0_9c: [1, 0, 1] });
});

test("hoursAbove is in hours for timestamps and names its load", async () => {
  const rows: FleetRows = {
    time: "timestamp",
    telemetry: { t: [0, 1].map((hour) => ({ time: hour * MICROS_PER_HOUR, values: { load: 3 } })) },
  };
  const spec = hoursAbove("load", { above: 2.5, over: "1d", hold: "1h" });
  assert.deepEqual(await featuresAt(rows, spec, [1.5 * MICROS_PER_HOUR]), { load_hoursAbove_2_5_1d: [1.5] });
});

test("age counts from the commissioning, counters from 0 where that is unknown", async () => {
  const rows: FleetRows = { ...loads(0), machines: ["m", "n"], machineTable: [], commissionedAt: { m: 4 } };
  assert.deepEqual(await featuresAt(rows, age(), [3, 4, 10]), { machine_age: [NONE, 0, 6, 3, 4, 10] });
});

test("age is in hours for timestamps, and unknown where the commissioning is", async () => {
  const rows: FleetRows = {
    time: "timestamp",
    machines: ["m", "n"],
    telemetry: { t: [{ time: 0, values: { load: 1 } }] },
    machineTable: [],
    commissionedAt: { m: -MICROS_PER_HOUR },
  };
  assert.deepEqual(await featuresAt(rows, age(), [MICROS_PER_HOUR]), { machine_age: [2, NONE] });
});

test("limits that are exceeded below and above can be told apart", async () => {
  const row = { match: {}, validFrom: Number.NEGATIVE_INFINITY, sensor: "load" };
  const spec = limitExceeded("limits", { over: "4c", sides: ["either", "low", "high"] });
  const rows = loads(1, 5, 9, 12);
  assert.deepEqual(await featuresAt({ ...rows, limits: [{ ...row, low: 4, high: 8 }] }, spec, [3]), {
    load_limitExceeded_4c: [0.75],
    load_limitExceededLow_4c: [0.25],
    load_limitExceededHigh_4c: [0.5],
  });
  const upper = [{ ...row, low: Number.NEGATIVE_INFINITY, high: 8 }];
  assert.deepEqual(await featuresAt({ ...rows, limits: upper }, spec, [3]), {
    load_limitExceeded_4c: [0.5],
    load_limitExceededLow_4c: [NONE],
    load_limitExceededHigh_4c: [0.5],
  });
});

test("options that a word of use cannot take are refused where it is written", () => {
  const refused = (make: () => unknown) =>
    assert.throws(make, (error) => error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION");
  refused(() => hoursAbove("load", { over: "7d" } as never));
  refused(() => hoursAbove("load", { above: Number.NaN, over: "7d" }));
  refused(() => limitExceeded("limits", { over: "7d", sides: "upper" as never }));
});
