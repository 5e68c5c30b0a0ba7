/** What a custom feature gives depends on its window alone: against a reading of the rows themselves, in any order, one at a time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { featurize } from "../../../src/features/apply.ts";
import { computeFeatures } from "../../../src/features/compute/compute-features.ts";
import { bundleOf } from "../../../src/features/custom/bundle.ts";
import { fitFeaturizer, narrowFeaturizer } from "../../../src/features/featurizer.ts";
import { onlineFeaturizer } from "../../../src/features/online/online-featurizer.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import { custom } from "../../../src/features/words/custom.ts";
import { arrivals, feed, onlineOptions } from "../online/support/arrivals.ts";
import { bitsOf } from "../support/compute.ts";
import { cutoffsAt, makeFleet } from "../support/make-fleet.ts";
import { instants, LAST_CYCLE, type RandomRows, randomRows } from "../support/random-fleet.ts";

const text = `
export function f({ cutoff, windows: { volt, flow } }) {
  let age = 0;
  for (let i = 0; i < volt.times.length; i++) age += (cutoff - volt.times[i]) * (volt.values[i] > 0 ? 1 : 0.5);
  return [age, flow.values.reduce((a, b) => a + b, 0)];
}`;
const spec = {
  ...custom("mine", {
    over: ["3c", "9c"],
    reads: ["volt", "flow"],
    module: "f.js",
    export: "f",
    columns: ["age", "sum"],
  }),
  bundle: bundleOf("f.js", { "f.js": text }),
};

/** The same from the rows as they were written. */
function expected({ telemetry }: RandomRows, machine: string, cutoff: number, length: number): [number, number] {
  const known = (table: "fast" | "slow", sensor: string) =>
    telemetry[table]
      .filter((row) => row.machine === machine && row.time > cutoff - length && row.time <= cutoff)
      .filter((row) => (row.knownAt ?? row.time) <= cutoff && !Number.isNaN(row.values[sensor]))
      .sort((a, b) => a.time - b.time)
      .map((row) => ({ time: row.time, value: row.values[sensor] }));
  const age = known("fast", "volt").reduce((sum, { time, value }) => sum + (cutoff - time) * (value > 0 ? 1 : 0.5), 0);
  const sum = known("slow", "flow").reduce((total, { value }) => total + value, 0);
  const emit = (value: number) => (Number.isFinite(Math.fround(value)) ? Math.fround(value) + 0 : Number.NaN);
  return [emit(age), emit(sum)];
}

test("a window is what the rows say it is, in batch and one row at a time, whole or narrowed", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), instants, fc.boolean(), async (rows, at, byClock) => {
      const fleet = makeFleet(rows);
      const cutoffs = cutoffsAt(fleet, at);
      const plan = planFeatures([spec], describeFleet(fleet));
      const raw = await computeFeatures(plan, fleet, cutoffs);
      for (let row = 0; row < raw.rows; row++) {
        const machine = fleet.machines[cutoffs.machine[row]];
        const wanted = [3, 9].flatMap((length) => expected(rows, machine, cutoffs.cutoff[row], length));
        assert.deepEqual(
          raw.columns.map((column) => column[row]),
          wanted,
        );
      }
      const featurizer = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(cutoffs.cutoff.keys()));
      const narrow = narrowFeaturizer(featurizer, ["mine_sum_9c"]);
      const all = bitsOf(raw);
      assert.deepEqual(bitsOf(await featurize(narrow, fleet, cutoffs)), { mine_sum_9c: all["mine_sum_9c"] });

      const online = onlineFeaturizer(featurizer, { ...onlineOptions(rows), late: "10c" });
      for (const arrival of arrivals(rows)) feed(online, arrival, byClock);
      const end = cutoffsAt(fleet, [LAST_CYCLE + 12]);
      const { columns } = await featurize(featurizer, fleet, end);
      for (const [row, machine] of fleet.machines.entries()) {
        if (!online.machines.includes(machine)) continue;
        assert.deepEqual(
          [...online.featuresAt(machine, LAST_CYCLE + 12)],
          columns.map((column) => column[row]),
        );
      }
    }),
    { seed: 20150301, numRuns: 60 },
  );
});
