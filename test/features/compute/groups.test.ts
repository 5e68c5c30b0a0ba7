import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cutoffs, takeCutoffs, takeRows } from "../../../src/core/matrix.ts";
import { computeFeatures, computeInGroups } from "../../../src/features/compute/compute-features.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import { bitsOf } from "../support/compute.ts";
import { cutoffsAt, makeFleet } from "../support/make-fleet.ts";
import { allSpecs, instants, randomRows } from "../support/random-fleet.ts";

const property = { seed: 20261124, numRuns: 150 };
const whole = { usual: 2 ** 32, piece: 2 ** 32, overlap: 1, most: 2 ** 32 };

test("groups of machines and pieces of one machine never change a bit, however small they are", async () => {
  await fc.assert(
    fc.asyncProperty(
      randomRows(),
      allSpecs,
      instants,
      fc.constantFrom(1, 30_000, 40_000),
      async (rows, specs, at, bytes) => {
        const fleet = makeFleet(rows);
        const plan = planFeatures(specs, describeFleet(fleet), {});
        const cutoffs = cutoffsAt(fleet, at);
        const together = await computeInGroups(plan, fleet, cutoffs, {}, whole);
        const limits = { usual: bytes, piece: bytes, overlap: Number.POSITIVE_INFINITY, most: 2 ** 24 };
        assert.deepEqual(bitsOf(await computeInGroups(plan, fleet, cutoffs, {}, limits)), bitsOf(together));
      },
    ),
    property,
  );
});

test("cutoffs in any order have the values of the sorted ones, each in its place", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, fc.infiniteStream(fc.nat()), async (rows, specs, at, chance) => {
      const fleet = makeFleet(rows);
      const plan = planFeatures(specs, describeFleet(fleet), {});
      const sorted = cutoffsAt(fleet, at);
      const order = shuffled(sorted, chance);
      const expected = takeRows(await computeFeatures(plan, fleet, sorted), order);
      assert.deepEqual(bitsOf(await computeFeatures(plan, fleet, takeCutoffs(sorted, order))), bitsOf(expected));
    }),
    { ...property, numRuns: 50 },
  );
});

function shuffled({ cutoff }: Cutoffs, chance: Iterator<number>): Uint32Array {
  const order = Uint32Array.from(cutoff.keys());
  for (let i = order.length - 1; i > 0; i--) {
    const j = chance.next().value % (i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
