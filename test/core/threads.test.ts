import assert from "node:assert/strict";
import { test } from "node:test";
import { threadCount } from "../../src/core/threads.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { fitInThreads } from "../../src/training/fit-in-threads.ts";
import { buildFleet } from "../labels/build-fleet.ts";

const noNumbers = [Number.NaN, 0, 0.5, -3, Number.POSITIVE_INFINITY, 1e9];

test("threads are counted in whole numbers from 1", () => {
  assert.deepEqual([1, 2, 64].map(threadCount), [1, 2, 64]);
  for (const threads of noNumbers) assert.throws(() => threadCount(threads), { code: "USAGE_THREADS" }, `${threads}`);
});

test("features are never computed, nor models fitted, by a number of threads that is none", async () => {
  const fleet = buildFleet({ telemetry: [{ m: [1, 2] }] });
  const plan = planFeatures([], describeFleet(fleet));
  const cutoffs = { machines: fleet.machines, machine: Uint32Array.of(0), cutoff: Float64Array.of(2) };
  for (const threads of noNumbers) {
    await assert.rejects(computeFeatures(plan, fleet, cutoffs, { threads }), { code: "USAGE_THREADS" }, `${threads}`);
    const never = () => assert.fail("a task was made");
    await assert.rejects(fitInThreads([never], { threads }), { code: "USAGE_THREADS" }, `${threads}`);
  }
});
