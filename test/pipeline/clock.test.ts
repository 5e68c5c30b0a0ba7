import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPipeline } from "../../src/check/check-pipeline.ts";
import { describePlan } from "../../src/pipeline/describe-plan.ts";
import { smallFleet, smallOptions } from "./support/small-fleet.ts";

test("whoever loads first holds the archive's times against the clock: a later stage finds no unchecked load", async (context) => {
  const small = await smallFleet(context);
  const pipeline = { options: smallOptions, places: small.places(), source: "test", overrides: {} };
  const now = () => new Date("2024-06-01T00:00:00Z");
  await assert.rejects(describePlan(pipeline, { now }), { code: "TIME_IN_FUTURE" });
  await assert.rejects(checkPipeline(pipeline, { now, trials: 1 }), { code: "TIME_IN_FUTURE" });
});
