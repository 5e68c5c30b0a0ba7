import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { computeFeatures, describeFleet, planFeatures, rolling } from "../../src/features/index.ts";
import { buildHistory, failsWithin, gridCutoffs, labelRows, observe } from "../../src/labels/index.ts";
import { fitInThreads } from "../../src/training/fit-in-threads.ts";
import type { FitOptions, Model } from "../../src/training/learner.ts";
import { scheduleLearner } from "../../src/training/schedule/learner.ts";
import { scheduleRule } from "../../src/training/schedule/options.ts";
import { refitPart } from "../../src/training/train-part.ts";
import { smallFleet } from "../scoring/published.ts";

const matrix = { rows: 2, names: ["schedule_belt_used"], columns: [Float32Array.of(0.5, 1)] };
const task = () => ({
  spec: scheduleRule(),
  seed: 0,
  time: "cycles" as const,
  train: { task: { kind: "binary" as const }, matrix, target: Float64Array.of(0, 1) },
});

/** The threads that each of some fits is told to use. */
async function threadsTold(fits: number, threads: number | undefined): Promise<(number | undefined)[]> {
  const fit = mock.method(scheduleLearner, "fit");
  try {
    await fitInThreads(
      Array.from({ length: fits }, () => task),
      { threads },
    );
    return fit.mock.calls.map(({ arguments: [, , options] }) => (options as FitOptions).threads);
  } finally {
    fit.mock.restore();
  }
}

test("the threads are shared out among the models fitted at a time, at least one each", async () => {
  assert.deepEqual(await threadsTold(2, 5), [2, 2]);
  assert.deepEqual(await threadsTold(1, 4), [4]);
  assert.deepEqual(await threadsTold(3, 2), [1, 1, 1]);
  assert.deepEqual(await threadsTold(2, undefined), [1, 1]);
});

test("a refit hands all its threads to its one fit", async () => {
  const fleet = smallFleet();
  const label = failsWithin("5c", { of: "failures" });
  const history = buildHistory(fleet, label);
  const observation = observe(fleet, history, {});
  const cutoffs = gridCutoffs(fleet, observation);
  const plan = planFeatures([rolling("volt", { over: "3c", stats: ["mean"] })], describeFleet(fleet));
  const raw = await computeFeatures(plan, fleet, cutoffs);
  const labels = labelRows(label, fleet, history, observation, cutoffs);
  const fit = mock.method(scheduleLearner, "fit", async () => ({ features: [] as readonly string[] }) as Model);
  try {
    const rows = { fleet, plan, cutoffs, raw, labels };
    await refitPart(scheduleRule(), rows, Uint32Array.of(0, 1), { threshold: 1 }, { seed: 0, threads: 3 });
    assert.equal((fit.mock.calls[0].arguments as unknown[] as [unknown, unknown, FitOptions])[2].threads, 3);
  } finally {
    fit.mock.restore();
  }
});
