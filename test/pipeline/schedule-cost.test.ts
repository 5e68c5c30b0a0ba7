import assert from "node:assert/strict";
import { test } from "node:test";
import { runPipeline } from "../../src/pipeline/run.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import type { LearnerSpec } from "../../src/training/learner.ts";
import { scheduleRule } from "../../src/training/schedule/options.ts";
import { smallFleet, smallOptions } from "./support/small-fleet.ts";

test("costs are held against those of the schedule, wherever it stands among the baselines", async (context) => {
  const small = await smallFleet(context);
  const plain: LearnerSpec = { ...gbdt({ name: "plain", trees: 2, leaves: 2 }), baseline: true };
  const learners = [plain, scheduleRule(), gbdt({ trees: 15, leaves: 7 })];
  const { metrics } = await small.run({ learners, publish: undefined });
  assert.notEqual(metrics["plain"].cost, metrics["schedule"].cost);
  assert.equal(metrics["gbdt"].costOfSchedule, metrics["schedule"].cost);
});

test("without a schedule there is no cost of one, whatever other baseline there is", async (context) => {
  const small = await smallFleet(context);
  const plain: LearnerSpec = { ...gbdt({ name: "plain", trees: 2, leaves: 2 }), baseline: true };
  const { metrics } = await small.run({ learners: [plain, gbdt({ trees: 5, leaves: 4 })], publish: undefined });
  assert.equal(metrics["gbdt"].costOfSchedule, null);
  assert.equal(metrics["gbdt"].costSavedInterval, null);
});

test("a run takes its time from the system unless it is given a clock", async (context) => {
  const small = await smallFleet(context);
  const { publish: _, ...options } = { ...smallOptions, learners: [scheduleRule()] };
  const before = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const { run } = await runPipeline({ options, places: small.places(), source: "test", overrides: {} });
  assert.match(run, /^\d{8}T\d{6}Z-/);
  assert.ok(run >= before, `${run} is before ${before}`);
});
