/** Features that differ in what their columns hold can stand beside each other, and where they cannot, the message says why. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { clip, hoursAbove, residualOf, rolling, timeSince, usedSince } from "../../src/features/index.ts";
import { planEach, planFeatures } from "../../src/features/plan.ts";
import type { FleetSchema } from "../../src/features/schema.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";

const schema: FleetSchema = {
  time: "cycles",
  sensors: ["flow", "load", "volt"],
  events: { maintenance: { kinds: ["a"], outcome: true }, errors: { kinds: ["e-1", "e_1"], outcome: false } },
  attributes: {},
};

/** All names that the features give, fitted ones too. */
function names(...specs: readonly FeatureSpec[]): string[] {
  planFeatures(specs, schema);
  return planEach(specs, { schema }).flatMap(({ columns, fittedNames = [] }) => [
    ...columns.map(({ name }) => name),
    ...fittedNames,
  ]);
}

function refused(...specs: readonly FeatureSpec[]): ForewarnError["details"] {
  try {
    planFeatures(specs, schema);
  } catch (error) {
    if (error instanceof ForewarnError && error.code === "PIPELINE_NAME_COLLISION") return error.details;
    throw error;
  }
  return assert.fail("nothing was refused");
}

test("usedSince names its sensor and its limit where they are given, and nothing else", () => {
  const any = names(
    usedSince("maintenance"),
    usedSince("maintenance", { sensor: "load" }),
    usedSince("maintenance", { sensor: "volt" }),
    usedSince("maintenance", { sensor: "volt", above: -2.5, hold: "2c" }),
    usedSince("maintenance", { sensor: "volt", above: 25 }),
  ).filter((name) => name.includes("_any_"));
  assert.deepEqual(any, [
    "maintenance_any_usedSince",
    "maintenance_any_usedSince_load",
    "maintenance_any_usedSince_volt",
    "maintenance_any_usedSince_volt_m2_5",
    "maintenance_any_usedSince_volt_25",
  ]);
});

test("hoursAbove tells a load from its opposite", () => {
  const loads = [1.5, -1.5, -0].map((above) => hoursAbove("load", { above, over: "3c" }));
  assert.deepEqual(names(...loads), ["load_hoursAbove_1_5_3c", "load_hoursAbove_m1_5_3c", "load_hoursAbove_0_3c"]);
});

test("a column has several residuals and clips where they are named", () => {
  const last = rolling(["volt", "load", "flow"], { over: "3c", stats: "last" });
  const given = { load: "load_last_3c", flow: "flow_last_3c" };
  const all = names(
    last,
    residualOf("volt_last_3c", { given: given.load }),
    residualOf("volt_last_3c", { given: given.flow, name: "beyondFlow" }),
    clip("volt_last_3c"),
    clip(["volt_last_3c", "load_last_3c"], { from: 0.1, to: 0.9, name: "held" }),
  );
  assert.deepEqual(all.slice(3), [
    "volt_last_3c_residual",
    "volt_last_3c_beyondFlow",
    "volt_last_3c_clipped",
    "volt_last_3c_held",
    "load_last_3c_held",
  ]);
});

test("a collision names the features that give the name, and what can be done about it", () => {
  const mean = (resetOn?: string) => rolling("volt", { over: "3c", stats: "mean", resetOn });
  const two = refused(mean(), timeSince("maintenance"), mean("maintenance"));
  assert.equal(two.found, "volt_mean_3c");
  assert.equal(two.where, "features[0] (rolling) and features[2] (rolling)");
  assert.match(two.hint ?? "", /leave one of the two out.*`name`.*`resetOn` and `hold` are not part/);
  const one = refused(mean(), timeSince("errors"));
  assert.equal(one.found, "errors_e_1_timeSince");
  assert.equal(one.where, "features[1] (timeSince) gives both");
  assert.match(one.hint ?? "", /rename sensors, kinds or values that differ only in characters outside \[A-Za-z0-9_\]/);
});
