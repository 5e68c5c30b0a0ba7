import assert from "node:assert/strict";
import { test } from "node:test";
import { type ErrorDetails, ForewarnError } from "../../src/core/errors.ts";
import { MICROS_PER_HOUR, type TimeKind } from "../../src/core/time.ts";
import * as words from "../../src/features/index.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { makeFleet } from "./support/make-fleet.ts";

const { attributes, countOf, delta, describeFleet, lag, learnedSchedule, limitExceeded, limitMargin } = words;
const { planFeatures, rolling, scheduleUsed, timeSince, usedSince } = words;
const hour = MICROS_PER_HOUR;
const always = { match: {}, validFrom: Number.NEGATIVE_INFINITY };

function schema(time: TimeKind = "timestamp", errorKinds = ["error1"]) {
  return describeFleet(
    makeFleet({
      time,
      telemetry: { t: [{ time: 0, values: { volt: 1, "oil-temp": 2 } }] },
      events: {
        errors: errorKinds.map((kind) => ({ time: 0, kind })),
        maintenance: [{ time: 0, kind: "comp1" }],
        failures: [{ time: 0, kind: "comp1" }],
      },
      machineTable: [{ attributes: { model: "model 3", age: 4 } }],
      schedule: [{ ...always, component: "comp1", interval: 4 }],
      limits: [{ ...always, sensor: "volt", low: 0, high: 1 }],
    }),
  );
}

const plan = (specs: FeatureSpec | FeatureSpec[], every?: number) => planFeatures([specs].flat(), schema(), { every });

function refused(specs: FeatureSpec | FeatureSpec[], code: string): ForewarnError {
  let error: unknown;
  try {
    plan(specs);
  } catch (caught) {
    error = caught;
  }
  assert.ok(error instanceof ForewarnError, "nothing was refused");
  assert.equal(error.code, code);
  return error;
}

test("names are what, statistic and window, the window in the largest whole unit", () => {
  const specs = [
    rolling(["volt"], { over: ["3h", "24h", "90m", "36h"], stats: ["mean"] }),
    lag("volt", { by: "1h" }),
    delta("volt", { by: "48h" }),
    countOf("errors", { over: "24h" }),
    timeSince("maintenance"),
    usedSince("failures", { hold: "3h" }),
    scheduleUsed("schedule"),
    limitMargin("limits"),
    limitExceeded("limits", { over: "60m" }),
    attributes("age"),
  ];
  assert.deepEqual(plan(specs, hour).rawNames, [
    ...["volt_mean_3h", "volt_mean_1d", "volt_mean_90m", "volt_mean_36h", "volt_lag_1h", "volt_delta_2d"],
    ...["errors_error1_count_1d", "errors_any_count_1d", "maintenance_comp1_timeSince", "maintenance_any_timeSince"],
    ...["failures_comp1_usedSince", "failures_any_usedSince", "schedule_comp1_used", "volt_limitMargin"],
    ...["volt_limitExceeded_1h", "age"],
  ]);
});

test("windows of counters are named in cycles", () => {
  const { rawNames } = planFeatures([rolling("volt", { over: "5c", stats: "sd" })], schema("cycles"));
  assert.deepEqual(rawNames, ["volt_sd_5c"]);
});

test("other characters than letters, digits and _ become _", () => {
  assert.deepEqual(plan([rolling("oil-temp", { over: "1h", stats: "max" }), attributes("model")]).rawNames, [
    ...["oil_temp_max_1h", "model", "model_model_3"],
  ]);
});

test("two columns of one name are refused, also when only sanitising makes them equal", () => {
  const twice = rolling("volt", { over: ["24h", "1d"], stats: "mean" });
  assert.equal(refused(twice, "PIPELINE_NAME_COLLISION").details.found, "volt_mean_1d");
  assert.throws(
    () => planFeatures([timeSince("errors")], schema("timestamp", ["e-1", "e_1"])),
    (error) => error instanceof ForewarnError && error.code === "PIPELINE_NAME_COLLISION",
  );
  assert.throws(
    () => planFeatures([timeSince("errors")], schema("timestamp", ["any", "e_1"])),
    (error) => error instanceof ForewarnError && error.code === "PIPELINE_NAME_COLLISION",
  );
});

test("a column that only training decides on takes its name before that: a value called other is refused", () => {
  const rows = {
    telemetry: { t: [{ time: 0, values: { volt: 1 } }] },
    machineTable: [{ attributes: { model: "other" } }],
  };
  assert.throws(
    () => planFeatures([attributes("model")], describeFleet(makeFleet(rows))),
    (error) =>
      error instanceof ForewarnError &&
      error.code === "PIPELINE_NAME_COLLISION" &&
      error.details.found === "model_other",
  );
  const learned = scheduleUsed(learnedSchedule({ of: "failures" }));
  assert.equal(
    refused([scheduleUsed("schedule"), learned], "PIPELINE_NAME_COLLISION").details.found,
    "schedule_comp1_used",
  );
});

test("lookback is the longest window with its lag; anchored features add nothing", () => {
  assert.equal(plan([timeSince("errors"), usedSince("errors"), scheduleUsed("schedule")], hour).lookback, 0);
  assert.equal(plan([rolling("volt", { over: ["3h", "1d"], stats: "mean" }), timeSince("errors")]).lookback, 24 * hour);
  assert.equal(plan(lag("volt", { by: ["1h", "5h"] }), hour).lookback, 8 * hour);
  assert.equal(plan(lag("volt", { by: ["1h", "5h"] })).lookback, 10 * hour);
  assert.equal(plan(delta("volt", { by: "5h", hold: "2h" })).lookback, 7 * hour);
  assert.equal(plan(countOf("errors", { over: ["3h", "2h"] })).lookback, 3 * hour);
  assert.equal(plan(limitMargin("limits"), hour).lookback, 3 * hour);
  assert.equal(plan([]).lookback, 0);
});

test("an unknown name is refused with the nearest known one", () => {
  const sensor = refused(rolling("vlot", { over: "1h", stats: "mean" }), "PIPELINE_UNKNOWN_SENSOR");
  assert.equal(sensor.details.hint, "did you mean `volt`?");
  assert.equal(
    refused(countOf("error", { over: "1h" }), "PIPELINE_UNKNOWN_TABLE").details.hint,
    "did you mean `errors`?",
  );
  assert.equal(refused(attributes("modle"), "PIPELINE_UNKNOWN_ATTRIBUTE").details.hint, "did you mean `model`?");
  const reset = rolling("volt", { over: "1h", stats: "mean", resetOn: "maintenence" });
  assert.equal(refused(reset, "PIPELINE_UNKNOWN_TABLE").details.hint, "did you mean `maintenance`?");
  refused(scheduleUsed(learnedSchedule({ of: "failure" })), "PIPELINE_UNKNOWN_TABLE");
  refused(scheduleUsed("schedule", { maintenance: "repairs" }), "PIPELINE_UNKNOWN_TABLE");
  refused(usedSince("errors", { sensor: "rpm", hold: "1h" }), "PIPELINE_UNKNOWN_SENSOR");
  // A name that every object has is no name of a table.
  refused(timeSince("constructor"), "PIPELINE_UNKNOWN_TABLE");
});

test("a feature that cannot be read is refused before anything is computed", () => {
  const read = { feature: "rolling", sensors: ["volt"], over: ["1h"], stats: ["mean"], window: "1h" };
  const unread = refused(read as unknown as FeatureSpec, "PIPELINE_FEATURE_OPTION");
  assert.equal(unread.details.where, "features[0], rolling");
  const cycles = refused(rolling("volt", { over: "5c", stats: "mean" }), "PIPELINE_DURATION");
  assert.equal(cycles.details.where, "features[0], rolling: over");
  refused("timeSince" as unknown as FeatureSpec, "PIPELINE_FEATURE_OPTION");
  refused({ feature: "constructor" } as unknown as FeatureSpec, "PIPELINE_UNKNOWN_FEATURE");
});

test("a word refuses an option it does not know, lacks or cannot take where it is written, in plain words", () => {
  const wrong: [() => unknown, Partial<ErrorDetails>][] = [
    [
      () => rolling("volt", { ovr: "1h", stats: "mean" } as never),
      { problem: "rolling has no such option", found: "ovr", where: "rolling(…)", hint: "did you mean `over`?" },
    ],
    [
      () => rolling("volt", undefined as never),
      { problem: "rolling is given what it cannot take", where: "rolling(…), over" },
    ],
    [() => rolling([], { over: "1h", stats: "mean" }), { expected: "at least one", found: "[]" }],
    [
      () => rolling("volt", { over: "1h", stats: ["mean", "medain" as "mean"] }),
      { found: '"medain"', where: "rolling(…), stats[1]", hint: "did you mean `mean`?" },
    ],
    [() => countOf("errors", { over: "1h", any: "no" as never }), { expected: "true or false", found: '"no"' }],
    [() => timeSince("errors", { anny: false } as never), { hint: "did you mean `any`?" }],
    [() => usedSince("errors", { above: "100" as never }), { expected: "a number", found: '"100"' }],
    [() => lag("volt", { by: 5 as never }), { expected: "a text", found: "5" }],
    [() => delta("volt", { bye: "1h" } as never), { hint: "did you mean `by`?" }],
    [() => limitMargin("limit" as never), { expected: '"limits"', hint: "did you mean `limits`?" }],
    [() => limitExceeded("limits", { stats: "mean" } as never), { found: "stats" }],
    [() => scheduleUsed("plan" as never), { expected: '"schedule" or learnedSchedule({ of })' }],
    [() => learnedSchedule({ of: "failures", quantile: 1 }), { expected: "a number below 1", found: "1" }],
    [() => learnedSchedule({} as never), { problem: "learnedSchedule lacks what it needs", expected: "`of`, a text" }],
    [() => attributes(["model"] as never), { expected: "a text" }],
    [() => attributes(), { expected: "at least one" }],
  ];
  for (const [write, expected] of wrong) {
    assert.throws(write, (error) => {
      assert.ok(error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION", String(error));
      const { details } = error;
      for (const [name, value] of Object.entries(expected)) {
        assert.equal(details[name as keyof ErrorDetails], value, error.message);
      }
      return true;
    });
  }
});

test("without a grid a feature of timestamps that needs to know how long a reading counts asks for it", () => {
  refused(usedSince("maintenance"), "PIPELINE_HOLD_MISSING");
  refused(limitMargin("limits"), "PIPELINE_HOLD_MISSING");
  assert.equal(planFeatures([limitMargin("limits")], schema("cycles")).lookback, 3);
});

test("a feature of a reference table that the fleet lacks is refused", () => {
  const bare = describeFleet(makeFleet({ telemetry: { t: [{ time: 0, values: { volt: 1 } }] } }));
  for (const spec of [scheduleUsed("schedule"), limitMargin("limits"), limitExceeded("limits", { over: "2c" })]) {
    assert.throws(
      () => planFeatures([spec], bare),
      (error) => error instanceof ForewarnError && error.code === "PIPELINE_REFERENCE_MISSING",
    );
  }
});

test("a fleet is described by sorted names, without limits of sensors it does not have", () => {
  const rows = makeFleet({
    telemetry: { t: [{ time: 0, values: { b: 1, a: 2 } }], u: [{ time: 0, values: { c: 1 } }] },
    limits: [
      { ...always, sensor: "b", low: 0, high: 1 },
      { ...always, sensor: "gone", low: 0, high: 1 },
    ],
  });
  assert.deepEqual(describeFleet(rows), {
    time: "cycles",
    sensors: ["a", "b", "c"],
    tables: ["t", "u"],
    events: {},
    attributes: {},
    limits: ["b"],
  });
});

test("a sensor that two tables have is refused", () => {
  const rows = makeFleet({
    telemetry: { t: [{ time: 0, values: { a: 1 } }], u: [{ time: 0, values: { a: 1 } }] },
  });
  assert.throws(
    () => describeFleet(rows),
    (error) => error instanceof ForewarnError && error.code === "DATA_SENSOR_AMBIGUOUS",
  );
});
