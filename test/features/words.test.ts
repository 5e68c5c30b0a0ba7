import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import {
  attributes,
  countOf,
  delta,
  lag,
  limitExceeded,
  limitMargin,
  rolling,
  scheduleUsed,
  timeSince,
  usedSince,
} from "../../src/features/index.ts";
import { featuresAt } from "./support/compute.ts";
import type { FleetRows } from "./support/make-fleet.ts";

const NONE = Number.NaN;
const hour = MICROS_PER_HOUR;
const always = { match: {}, validFrom: Number.NEGATIVE_INFINITY };

function volts(...values: readonly number[]): FleetRows {
  return { telemetry: { t: values.map((volt, time) => ({ time, values: { volt } })) } };
}

test("rolling gives every statistic of the window", async () => {
  const stats = ["mean", "sd", "min", "max", "range", "last", "slope", "count"] as const;
  assert.deepEqual(await featuresAt(volts(2, 4, 4, 10), rolling("volt", { over: "4c", stats }), [3]), {
    volt_mean_4c: [5],
    volt_sd_4c: [Math.fround(Math.sqrt(36 / 3))],
    volt_min_4c: [2],
    volt_max_4c: [10],
    volt_range_4c: [8],
    volt_last_4c: [10],
    volt_slope_4c: [Math.fround(2.4)],
    volt_count_4c: [4],
  });
});

test("statistics skip missing readings, and an empty window gives NaN and count 0", async () => {
  const stats = ["mean", "sd", "last", "slope", "count"] as const;
  assert.deepEqual(await featuresAt(volts(8, NONE, NONE, 2), rolling("volt", { over: "2c", stats }), [1, 2, 3]), {
    volt_mean_2c: [8, NONE, 2],
    volt_sd_2c: [NONE, NONE, NONE],
    volt_last_2c: [8, NONE, 2],
    volt_slope_2c: [NONE, NONE, NONE],
    volt_count_2c: [1, 0, 1],
  });
});

test("a slope is per hour for timestamps, whatever the distance of the readings", async () => {
  const rows: FleetRows = {
    time: "timestamp",
    telemetry: { t: [0, 0.25, 1, 3].map((h) => ({ time: h * hour, values: { volt: 5 + 2 * h } })) },
  };
  const spec = rolling("volt", { over: "1d", stats: "slope" });
  assert.deepEqual(await featuresAt(rows, spec, [3 * hour]), { volt_slope_1d: [2] });
});

test("lag is the newest reading at or before t - by, as long as it holds", async () => {
  const rows: FleetRows = {
    telemetry: {
      t: [
        { time: 1, values: { volt: 7 } },
        { time: 2, values: { volt: 9 } },
      ],
    },
  };
  const spec = lag("volt", { by: ["1c", "2c"], hold: "2c" });
  assert.deepEqual(await featuresAt(rows, spec, [1, 2, 3, 4, 5, 6]), {
    volt_lag_1c: [NONE, 7, 9, 9, NONE, NONE],
    volt_lag_2c: [NONE, NONE, 7, 9, 9, NONE],
  });
});

test("a reading holds three grid steps for a lag, or as long as the lag where there is no grid", async () => {
  const rows = volts(7);
  const spec = lag("volt", { by: "1c" });
  assert.deepEqual(await featuresAt(rows, spec, [1, 2, 3, 4], 1), { volt_lag_1c: [7, 7, 7, NONE] });
  assert.deepEqual(await featuresAt(rows, spec, [1, 2, 3, 4]), { volt_lag_1c: [7, NONE, NONE, NONE] });
});

test("delta is the value now minus the value before", async () => {
  assert.deepEqual(await featuresAt(volts(1, 4, 9), delta("volt", { by: "2c", hold: "1c" }), [1, 2, 3]), {
    volt_delta_2c: [NONE, 8, NONE],
  });
});

test("countOf counts by kind and in all; records without a kind count in all only", async () => {
  const errors = [{ time: 1, kind: "e1" }, { time: 2, kind: "e1" }, { time: 2, kind: "e2" }, { time: 2 }];
  assert.deepEqual(await featuresAt({ ...volts(0), events: { errors } }, countOf("errors", { over: "2c" }), [2]), {
    errors_e1_count_2c: [2],
    errors_e2_count_2c: [1],
    errors_any_count_2c: [4],
  });
});

test("a table without kinds gives the column for any kind alone", async () => {
  const rows = { ...volts(0), events: { stops: [{ time: 1 }] } };
  assert.deepEqual(await featuresAt(rows, timeSince("stops"), [0, 3]), { stops_any_timeSince: [NONE, 2] });
});

test("timeSince is in hours for timestamps", async () => {
  const rows: FleetRows = {
    time: "timestamp",
    telemetry: { t: [{ time: 0, values: { volt: 1 } }] },
    events: { errors: [{ time: 0.5 * hour }] },
  };
  assert.deepEqual(await featuresAt(rows, timeSince("errors"), [2 * hour]), { errors_any_timeSince: [1.5] });
});

test("usedSince adds the time while the sensor is above its limit, a gap counting only as long as a reading holds", async () => {
  const rows: FleetRows = {
    telemetry: {
      t: [
        { time: 0, values: { rotate: 5 } },
        { time: 10, values: { rotate: 5 } },
        { time: 11, values: { rotate: 1 } },
        { time: 12, values: { rotate: 5 } },
        { time: 30, values: { rotate: 5 } },
      ],
    },
    events: { maintenance: [{ time: 10, kind: "a" }] },
  };
  const spec = usedSince("maintenance", { sensor: "rotate", above: 2, hold: "4c" });
  // 10 to 11 runs, 11 to 12 stands, 12 holds to 16, 30 holds to 34.
  assert.deepEqual((await featuresAt(rows, spec, [10, 11, 12, 14, 25, 31, 40]))["maintenance_a_usedSince_rotate_2"], [
    ...[NONE, 1, 1, 3, 5, 6, 9],
  ]);
});

test("usedSince without a sensor adds all time that any reading covers", async () => {
  const rows: FleetRows = {
    telemetry: {
      fast: [0, 1, 2].map((time) => ({ time, values: { volt: 0 } })),
      slow: [4, 5].map((time) => ({ time, values: { flow: time === 5 ? NONE : 1 } })),
    },
    events: { maintenance: [{ time: 0, kind: "a" }] },
  };
  const spec = usedSince("maintenance", { hold: "1c" });
  // 0 to 3 and 4 to 5; the reading at 5 is missing.
  assert.deepEqual((await featuresAt(rows, spec, [2, 4, 6]))["maintenance_any_usedSince"], [2, 3, 4]);
});

test("usedSince is unknown where the telemetry began after the replacement", async () => {
  const rows: FleetRows = {
    telemetry: { t: [3, 4, 5].map((time) => ({ time, values: { volt: 1 } })) },
    events: {
      maintenance: [
        { time: 1, kind: "a" },
        { time: 4, kind: "b" },
      ],
    },
  };
  assert.deepEqual(await featuresAt(rows, usedSince("maintenance"), [5]), {
    maintenance_a_usedSince: [NONE],
    maintenance_b_usedSince: [1],
    maintenance_any_usedSince: [1],
  });
});

test("usedSince is exact over years of microseconds", async () => {
  const step = 1_000_003;
  const rows: FleetRows = {
    time: "timestamp",
    telemetry: { t: [0, 1, 2, 3].map((i) => ({ time: 2 ** 52 + i * step, values: { volt: 1 } })) },
    events: { maintenance: [{ time: 2 ** 52, kind: "a" }] },
  };
  const used = await featuresAt(rows, usedSince("maintenance", { hold: "1h" }), [2 ** 52 + 3 * step]);
  assert.deepEqual(used["maintenance_a_usedSince"], [Math.fround((3 * step) / hour)]);
});

test("scheduleUsed counts from the last visible replacement, and from the commissioning only where that is asked for", async () => {
  const rows: FleetRows = {
    ...volts(0),
    machines: ["m", "n"],
    events: { maintenance: [{ time: 10, kind: "a" }] },
    machineTable: [{ attributes: {} }],
    commissionedAt: { m: 6 },
    schedule: [{ ...always, component: "a", interval: 8 }],
  };
  assert.deepEqual(await featuresAt(rows, scheduleUsed("schedule"), [5, 10, 12, 20]), {
    schedule_a_used: [NONE, NONE, 0.25, 1.25, NONE, NONE, NONE, NONE],
  });
  const counting = scheduleUsed("schedule", { fromCommissioning: true });
  // Machine n is counted from 0, since it counts cycles.
  assert.deepEqual(await featuresAt(rows, counting, [5, 10, 12, 20]), {
    schedule_a_used: [NONE, 0.5, 0.25, 1.25, 0.625, 1.25, 1.5, 2.5],
  });
});

test("scheduleUsed is unknown for timestamps without replacement and commissioning", async () => {
  const rows: FleetRows = {
    time: "timestamp",
    telemetry: { t: [{ time: 0, values: { volt: 1 } }] },
    events: { maintenance: [{ time: 2 * hour, kind: "a" }] },
    schedule: [
      { ...always, component: "a", interval: 4 },
      { ...always, component: "b", interval: 4 },
    ],
  };
  assert.deepEqual(await featuresAt(rows, scheduleUsed("schedule", { fromCommissioning: true }), [hour, 5 * hour]), {
    schedule_a_used: [NONE, 0.75],
    schedule_b_used: [NONE, NONE],
  });
});

test("of the schedule rows that match a machine the most specific counts, then the newest", async () => {
  const rows: FleetRows = {
    ...volts(0),
    machines: ["m", "n", "o"],
    machineTable: [
      { machine: "m", attributes: { model: "x" } },
      { machine: "n", attributes: { model: "y" } },
      { machine: "o", attributes: { model: undefined } },
    ],
    schedule: [
      { match: {}, validFrom: 5, component: "a", interval: 20 },
      { ...always, component: "a", interval: 40 },
      { match: { model: "x" }, validFrom: 0, component: "a", interval: 10 },
      { match: { model: "z" }, validFrom: 0, component: "a", interval: 1 },
    ],
  };
  assert.deepEqual(await featuresAt(rows, scheduleUsed("schedule", { fromCommissioning: true }), [4, 10]), {
    schedule_a_used: [0.4, 1, 0.1, 0.5, 0.1, 0.5].map(Math.fround),
  });
});

test("limitMargin is the distance to the nearer limit in the sensor's unit, negative outside", async () => {
  const limits = [{ ...always, sensor: "volt", low: 10, high: 20 }];
  const spec = limitMargin("limits", { hold: "1c" });
  assert.deepEqual(await featuresAt({ ...volts(12, 19, 23, NONE), limits }, spec, [0, 1, 2, 3]), {
    volt_limitMargin: [2, 1, -3, NONE],
  });
  const upper = [{ ...always, sensor: "volt", low: Number.NEGATIVE_INFINITY, high: 20 }];
  assert.deepEqual(await featuresAt({ ...volts(12), limits: upper }, spec, [0]), { volt_limitMargin: [8] });
});

test("limitExceeded is the share of readings outside; a reading at a limit is inside", async () => {
  const limits = [{ ...always, sensor: "volt", low: 10, high: 20 }];
  const spec = limitExceeded("limits", { over: "4c" });
  assert.deepEqual(await featuresAt({ ...volts(10, 20, 21, 9), limits }, spec, [1, 2, 3]), {
    volt_limitExceeded_4c: [0, 1 / 3, 0.5].map(Math.fround),
  });
});

test("limits that hold for no attribute of the machine leave margin and exceedance unknown", async () => {
  const rows: FleetRows = {
    ...volts(1),
    machineTable: [{ attributes: { model: "x" } }],
    limits: [{ match: { model: "y" }, validFrom: 0, sensor: "volt", low: 0, high: 9 }],
  };
  assert.deepEqual(await featuresAt(rows, limitMargin("limits"), [0]), { volt_limitMargin: [NONE] });
  assert.deepEqual(await featuresAt(rows, limitExceeded("limits", { over: "1c" }), [0]), {
    volt_limitExceeded_1c: [NONE],
  });
});

test("attributes are those of the machine row that holds at the cutoff", async () => {
  const rows: FleetRows = {
    ...volts(0),
    machineTable: [
      { validFrom: 2, attributes: { model: "x", age: 3 } },
      { validFrom: 5, attributes: { model: undefined, age: undefined } },
    ],
  };
  assert.deepEqual(await featuresAt(rows, attributes("model", "age"), [1, 2, 5]), {
    model: [NONE, 1, NONE],
    model_x: [NONE, 1, NONE],
    age: [NONE, 3, NONE],
  });
});
