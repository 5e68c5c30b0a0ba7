import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { labelHorizon } from "../../src/labels/horizon.ts";
import { observe } from "../../src/labels/observation.ts";
import { remainingLife } from "../../src/labels/remaining-life.ts";
import { buildFleet } from "./build-fleet.ts";

const hasCode = (code: string, hint?: string) => (error: unknown) =>
  error instanceof ForewarnError && error.code === code && (hint === undefined || error.details.hint === hint);

test("failsWithin is plain data with its defaults filled in", () => {
  assert.deepEqual(failsWithin("24h", { of: "failures" }), {
    label: "failsWithin",
    horizon: "24h",
    of: "failures",
    predict: "any",
    planned: "healthy",
  });
});

test("remainingLife takes planned replacements as censored unless asked otherwise", () => {
  assert.deepEqual(remainingLife({ of: "failures", cap: 125 }), {
    label: "remainingLife",
    of: "failures",
    cap: 125,
    planned: "censored",
  });
  assert.equal(remainingLife({ of: "failures", planned: "healthy" }).planned, "healthy");
});

test("a label refuses options that are not among their values", () => {
  assert.throws(() => failsWithin("24h", { of: "" }), hasCode("PIPELINE_LABEL"));
  assert.throws(() => failsWithin("24h", { of: "failures", predict: "all" as "any" }), hasCode("PIPELINE_LABEL"));
  assert.throws(() => failsWithin("24h", { of: "failures", planned: "no" as "healthy" }), hasCode("PIPELINE_LABEL"));
  for (const cap of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => remainingLife({ of: "failures", cap }), hasCode("PIPELINE_LABEL"));
  }
});

test("the horizon of a label is its horizon or its cap in the fleet's time unit, 0 where life has no cap", () => {
  assert.equal(labelHorizon(failsWithin("2h", { of: "failures" }), "timestamp"), 7_200_000_000);
  assert.equal(labelHorizon(remainingLife({ of: "failures", cap: 2 }), "timestamp"), 7_200_000_000);
  assert.equal(labelHorizon(remainingLife({ of: "failures", cap: 125 }), "cycles"), 125);
  assert.equal(labelHorizon(remainingLife({ of: "failures" }), "cycles"), 0);
});

test("an event table that is not there is an error that names the nearest one", () => {
  const fleet = buildFleet({ telemetry: [{ m: [0, 1] }], events: { failures: [] } });
  const missing = hasCode("PIPELINE_TABLE_MISSING", "did you mean `failures`?");
  assert.throws(() => buildHistory(fleet, { of: "failure" }), missing);
  assert.throws(() => buildHistory(fleet, { of: "failures", maintenance: "failurs" }), missing);
  const history = buildHistory(fleet, { of: "failures" });
  assert.throws(() => observe(fleet, history, { downtime: "failurs" }), missing);
});
