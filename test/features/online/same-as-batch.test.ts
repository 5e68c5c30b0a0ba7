import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { featurize } from "../../../src/features/apply.ts";
import { computeFeatures } from "../../../src/features/compute/compute-features.ts";
import { type Featurizer, fitFeaturizer } from "../../../src/features/featurizer.ts";
import { rolling } from "../../../src/features/index.ts";
import { type OnlineFeaturizer, onlineFeaturizer } from "../../../src/features/online/online-featurizer.ts";
import { restoreOnlineFeaturizer } from "../../../src/features/online/restore.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { makeFleet } from "../support/make-fleet.ts";
import { allSpecs, LAST_CYCLE, type RandomRows, randomRows, windowedSpecs } from "../support/random-fleet.ts";
import { type Arrival, arrivals, feed, onlineOptions } from "./support/arrivals.ts";
import { longRows } from "./support/long-rows.ts";

const seed = 20150301;
const LATE = 10;

test("rows in the order of their arrival give the bits of the batch path at every cutoff, whenever saved and restored", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, fc.nat(6), fc.boolean(), async (rows, specs, pause, byClock) => {
      const featurizer = await fitted(rows, specs, LAST_CYCLE);
      await compareAlways(featurizer, rows, { every: 5, pause, byClock });
    }),
    { seed, numRuns: 150, endOnFailure: true },
  );
});

test("what is let go is never missed: a long record gives the bits of the batch path to its end", async () => {
  const long = rolling(["volt", "temp", "flow"], {
    over: ["70c", "150c"],
    stats: ["mean", "sd", "min", "slope", "sum"],
  });
  await fc.assert(
    fc.asyncProperty(longRows(8), allSpecs, fc.nat(40), fc.boolean(), async ({ rows, last }, specs, pause, byClock) => {
      const featurizer = await fitted(rows, [...specs, long], last);
      await compareAlways(featurizer, rows, { every: 23, pause, byClock });
    }),
    { seed, numRuns: 40, endOnFailure: true },
  );
});

test("where nothing counts from an anchor, only what windows reach is kept, and all of that", async () => {
  await fc.assert(
    fc.asyncProperty(longRows(4), windowedSpecs, fc.nat(40), async ({ rows, last }, specs, pause) => {
      const featurizer = await fitted(rows, specs, last);
      await compareAlways(featurizer, rows, { every: 3, pause, byClock: true });
    }),
    { seed, numRuns: 40, endOnFailure: true },
  );
});

interface Feeding {
  /** Arrivals between comparisons. */
  every: number;
  /** At which of them the featurizer is saved and restored. */
  pause: number;
  /** Whether the clock says when a row is known; else the row does. */
  byClock: boolean;
}

/** Feeds all rows; now and then each machine's features are compared, at its newest cutoff and at the oldest that it still may be asked for. */
async function compareAlways(featurizer: Featurizer, rows: RandomRows, { every, pause, byClock }: Feeding) {
  let online = onlineFeaturizer(featurizer, { ...onlineOptions(rows), late: `${LATE}c` });
  const fleet = makeFleet(rows);
  const arriving = arrivals(rows);
  const seen: { machine: string; cutoff: number; bits: Record<string, number> }[] = [];
  for (let next = 0; next < arriving.length; next++) {
    feed(online, arriving[next], byClock);
    if (next % 41 === pause) online = restoreOnlineFeaturizer(featurizer, online.save());
    // Until all that is known at an instant has arrived, a batch that has it all knows more.
    const now = arriving[next].knownAt;
    if (arriving[next + 1]?.knownAt === now || next % every !== 0) continue;
    for (const machine of online.machines) {
      if (!fleet.machines.includes(machine)) continue;
      const clock = newest(arriving.slice(0, next + 1), machine);
      for (const cutoff of [now, Math.max(clock - LATE, 0), now + 3])
        if (cutoff <= now || next + 1 === arriving.length || arriving[next + 1].knownAt > cutoff)
          seen.push({ machine, cutoff, bits: bitsByName(online, machine, cutoff) });
    }
  }
  const machines = fleet.machines;
  const cutoffs = {
    machines,
    machine: Uint32Array.from(seen, ({ machine }) => machines.indexOf(machine)),
    cutoff: Float64Array.from(seen, ({ cutoff }) => cutoff),
  };
  const { names, columns } = await featurize(featurizer, fleet, cutoffs);
  for (const [row, { bits, machine, cutoff }] of seen.entries()) {
    const expected = names.map((name, i) => [name, bitsOf(columns[i])[row]]);
    assert.deepEqual(bits, Object.fromEntries(expected), `${machine} at ${cutoff}`);
  }
}

/** A featurizer fitted on every row of a grid over the fleet. */
async function fitted(rows: RandomRows, specs: readonly FeatureSpec[], last: number): Promise<Featurizer> {
  const fleet = makeFleet(rows);
  const plan = planFeatures(specs, describeFleet(fleet));
  const grid = Array.from({ length: 12 }, (_, i) => Math.round(((i + 1) * last) / 12));
  const cutoffs = {
    machines: fleet.machines,
    machine: Uint32Array.from(fleet.machines.flatMap((_, machine) => grid.map(() => machine))),
    cutoff: Float64Array.from(fleet.machines.flatMap(() => grid)),
  };
  const raw = await computeFeatures(plan, fleet, cutoffs);
  return fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(cutoffs.cutoff.keys()));
}

/** A machine's clock after these arrivals. */
function newest(arrived: readonly Arrival[], machine: string): number {
  return Math.max(...arrived.filter(({ row }) => row.machine === machine).map(({ knownAt }) => knownAt));
}

function bitsByName(online: OnlineFeaturizer, machine: string, instant: number): Record<string, number> {
  const values = online.featuresAt(machine, instant);
  const bits = bitsOf(values);
  return Object.fromEntries(online.names.map((name, i) => [name, bits[i]]));
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
