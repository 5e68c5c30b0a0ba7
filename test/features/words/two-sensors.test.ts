import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../../src/core/errors.ts";
import { correlationOf, differenceOf, ratioOf } from "../../../src/features/index.ts";
import { featuresAt } from "../support/compute.ts";
import type { FleetRows } from "../support/make-fleet.ts";

const NONE = Number.NaN;

/** Cycle 0, 1, 2 …: the readings of two sensors of one table. */
function both(inlet: readonly number[], outlet: readonly number[]): FleetRows {
  return { telemetry: { t: inlet.map((value, time) => ({ time, values: { inlet: value, outlet: outlet[time] } })) } };
}

/** Two tables: the second sensor is read half a step later, at odd instants. */
const apart: FleetRows = {
  telemetry: {
    even: [0, 2, 4].map((time) => ({ time, values: { inlet: time } })),
    odd: [1, 3, 5].map((time) => ({ time, values: { outlet: 10 * time } })),
  },
};

test("a difference is of the newest readings, each as long as it holds", async () => {
  const rows = both([5, 8, NONE, NONE], [1, NONE, 2, NONE]);
  assert.deepEqual(await featuresAt(rows, differenceOf("inlet", "outlet", { hold: "2c" }), [0, 1, 2, 3]), {
    inlet_outlet_difference: [4, 7, 6, NONE],
  });
  // A reading holds three cycles where nothing else is said.
  assert.deepEqual(await featuresAt(rows, differenceOf("inlet", "outlet"), [3, 4]), {
    inlet_outlet_difference: [6, NONE],
  });
});

test("a ratio to 0 is missing", async () => {
  const rows = both([6, 8, 3], [4, 0, 2]);
  assert.deepEqual(await featuresAt(rows, ratioOf("inlet", "outlet", { hold: "1c" }), [0, 1, 2, 3]), {
    inlet_outlet_ratio: [1.5, NONE, 1.5, NONE],
  });
});

test("in a window only instants at which both are known count", async () => {
  const rows = both([5, 8, 7, 9], [1, NONE, 2, 3]);
  const stats = ["mean", "sd", "min", "max", "last", "count"] as const;
  assert.deepEqual(await featuresAt(rows, differenceOf("inlet", "outlet", { over: "9c", stats }), [3]), {
    inlet_outlet_difference_mean_9c: [5],
    inlet_outlet_difference_sd_9c: [1],
    inlet_outlet_difference_min_9c: [4],
    inlet_outlet_difference_max_9c: [6],
    inlet_outlet_difference_last_9c: [6],
    inlet_outlet_difference_count_9c: [3],
  });
  assert.deepEqual(await featuresAt(rows, ratioOf("inlet", "outlet", { over: "2c" }), [0, 1, 2]), {
    inlet_outlet_ratio_mean_2c: [5, 5, 3.5],
  });
});

test("sensors that are never read at one instant are paired where a reading is said to hold", async () => {
  const stats = ["last", "count"] as const;
  assert.deepEqual(await featuresAt(apart, differenceOf("inlet", "outlet", { over: "9c", stats }), [5]), {
    inlet_outlet_difference_last_9c: [NONE],
    inlet_outlet_difference_count_9c: [0],
  });
  // 2 with 1's and 4 with 3's: 2 - 10, 4 - 30.
  assert.deepEqual(await featuresAt(apart, differenceOf("inlet", "outlet", { over: "9c", stats, hold: "2c" }), [5]), {
    inlet_outlet_difference_last_9c: [-26],
    inlet_outlet_difference_count_9c: [2],
  });
  // (1, 4]: the reading at 1 lies before the window, though it still holds at 2.
  assert.deepEqual(await featuresAt(apart, differenceOf("inlet", "outlet", { over: "3c", stats, hold: "2c" }), [4]), {
    inlet_outlet_difference_last_3c: [-26],
    inlet_outlet_difference_count_3c: [1],
  });
});

test("a correlation is 1 on a rising line, -1 on a falling one and missing where a side is constant", async () => {
  const spec = correlationOf("inlet", "outlet", { over: "4c" });
  const of = async (outlet: readonly number[]) =>
    (await featuresAt(both([1, 2, 3, 5], outlet), spec, [3]))["inlet_outlet_correlation_4c"];
  assert.deepEqual(await of([10, 20, 30, 50]), [1]);
  assert.deepEqual(await of([-1, -2, -3, -5]), [-1]);
  assert.deepEqual(await of([0.1, 0.1, 0.1, 0.1]), [NONE]);
  // Deviations -1.75, -0.75, 0.25, 2.25 and 0, 0, -1, 1: 2 / sqrt(8.75 x 2).
  assert.deepEqual(await of([7, 7, 6, 8]), [Math.fround(2 / Math.sqrt(8.75 * 2))]);
});

test("a correlation is of pairs that are held together, and starts anew where it is told to", async () => {
  const rows: FleetRows = {
    telemetry: {
      even: [2, 4, 6, 8].map((time, i) => ({ time, values: { inlet: [9, 1, 2, 4][i] } })),
      odd: [1, 3, 5, 7].map((time, i) => ({ time, values: { outlet: [9, 10, 20, 40][i] } })),
    },
    events: { maintenance: [{ time: 2, kind: "a" }] },
  };
  const options = { over: "20c", stats: ["correlation", "slope"] } as const;
  assert.deepEqual(await featuresAt(rows, correlationOf("inlet", "outlet", options), [8]), {
    inlet_outlet_correlation_20c: [NONE],
    inlet_outlet_slope_20c: [NONE],
  });
  // 9 with 9 comes before the replacement, and from then on the one is a tenth of the other.
  const since = correlationOf("inlet", "outlet", { ...options, hold: "2c", resetOn: "maintenance" });
  assert.deepEqual(await featuresAt(rows, since, [8]), {
    inlet_outlet_correlation_20c: [1],
    inlet_outlet_slope_20c: [Math.fround(0.1)],
  });
  const all = await featuresAt(rows, correlationOf("inlet", "outlet", { ...options, hold: "2c" }), [8]);
  assert.ok(all["inlet_outlet_correlation_20c"][0] < 0.5);
});

test("covariance and slope are in the sensors' units", async () => {
  const spec = correlationOf("inlet", "outlet", { over: "4c", stats: ["covariance", "slope"] });
  assert.deepEqual(await featuresAt(both([2, 4, 6, 8], [1, 2, 3, 4]), spec, [0, 3]), {
    inlet_outlet_covariance_4c: [NONE, Math.fround(10 / 3)],
    inlet_outlet_slope_4c: [NONE, 2],
  });
});

test("a pair counts once both its readings are known", async () => {
  const rows: FleetRows = {
    telemetry: {
      a: [0, 1].map((time) => ({ time, values: { inlet: time } })),
      b: [0, 1].map((time) => ({ time, knownAt: 5 * time, values: { outlet: 1 } })),
    },
  };
  const spec = differenceOf("inlet", "outlet", { over: "9c", stats: "count" });
  assert.deepEqual(await featuresAt(rows, spec, [4, 5]), { inlet_outlet_difference_count_9c: [1, 2] });
});

test("the windows of two sensors start anew after a replacement where they are told to", async () => {
  const rows = { ...both([1, 2, 3], [0, 0, 0]), events: { maintenance: [{ time: 0, kind: "a" }] } };
  const spec = differenceOf("inlet", "outlet", { over: "9c", resetOn: "maintenance" });
  assert.deepEqual(await featuresAt(rows, spec, [0, 2]), { inlet_outlet_difference_mean_9c: [1, 2.5] });
});

test("options that a word of two sensors cannot take are refused where it is written", () => {
  const refused = (make: () => unknown) =>
    assert.throws(make, (error) => error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION");
  refused(() => differenceOf("a", "b", { stats: "median" } as never));
  refused(() => ratioOf("a", "b", { span: "3h" } as never));
  refused(() => correlationOf("a", "b", {} as never));
  refused(() => differenceOf("a", "b", { stats: "sd" }));
  refused(() => differenceOf("a", "b", { resetOn: "maintenance" }));
});
