import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { featurize } from "../../../src/features/apply.ts";
import { computeFeatures } from "../../../src/features/compute/compute-features.ts";
import type { OperatingCycles } from "../../../src/features/cycles/operating-cycles.ts";
import { type Featurizer, fitFeaturizer } from "../../../src/features/featurizer.ts";
import { onlineFeaturizer } from "../../../src/features/online/online-featurizer.ts";
import { restoreOnlineFeaturizer } from "../../../src/features/online/restore.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { cutoffsAt } from "../support/make-fleet.ts";
import { SECOND } from "./support/cycles-at.ts";
import {
  countedSpecs,
  fleetOf,
  machines,
  type RandomRow,
  randomCycles,
  randomRows,
  timedSpecs,
} from "./support/random-cycles.ts";

test("online, a cycle is seen from the instant on at which batch sees it, with the same bits", async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(randomRows, randomCycles, fc.nat(20), async (rows, cycles, pause) => {
      const featurizer = await fitted(rows, cycles);
      const telemetry = { t: ["volt", "running"], u: ["flow"] };
      let online = onlineFeaturizer(featurizer, { telemetry, late: "12s" });
      const replaced = { machine: "m1", time: 60 * SECOND };
      const arriving = [
        ...rows.map((row) => ({
          at: row.knownAt,
          add: () => online.addReading({ ...row, ...row.values }, { table: row.table, now: row.knownAt }),
        })),
        { at: replaced.time, add: () => online.addEvent("maintenance", replaced, { now: replaced.time }) },
      ].sort((a, b) => a.at - b.at);
      const seen: { machine: string; cutoff: number; bits: number[] }[] = [];
      for (const [i, { at, add }] of arriving.entries()) {
        add();
        if (i % 21 === pause) online = restoreOnlineFeaturizer(featurizer, online.save());
        const next = arriving[i + 1]?.at ?? Number.POSITIVE_INFINITY;
        if (next === at || i % 4 > 0) continue;
        for (const machine of online.machines)
          for (const cutoff of [at, at - 2 * SECOND, at + 3 * SECOND, at + 40 * SECOND])
            if (cutoff >= 0 && next > cutoff)
              seen.push({ machine, cutoff, bits: bitsOf(online.featuresAt(machine, cutoff)) });
      }
      const { names, columns } = await featurize(featurizer, fleetOf(rows), {
        machines,
        machine: Uint32Array.from(seen, ({ machine }) => machines.indexOf(machine)),
        cutoff: Float64Array.from(seen, ({ cutoff }) => cutoff),
      });
      for (const [row, { machine, cutoff, bits }] of seen.entries()) {
        const batch = bitsOf(Float32Array.from(columns, (column) => column[row]));
        assert.deepEqual(byName(names, bits), byName(names, batch), `${machine} at ${cutoff / SECOND} s`);
        known += columns.filter((column) => !Number.isNaN(column[row])).length;
      }
    }),
    { seed: 20261124, numRuns: 40 },
  );
  assert.ok(known > 5_000);
});

async function fitted(rows: readonly RandomRow[], cycles: OperatingCycles): Promise<Featurizer> {
  const specs: readonly FeatureSpec[] = [...countedSpecs, ...timedSpecs];
  const fleet = fleetOf(rows);
  const plan = planFeatures(specs, describeFleet(fleet), { cycles });
  const cutoffs = cutoffsAt(fleet, [100 * SECOND]);
  return fitFeaturizer(plan, fleet, cutoffs, await computeFeatures(plan, fleet, cutoffs), Uint32Array.of(0, 1));
}

function bitsOf(values: Float32Array): number[] {
  return [...new Uint32Array(values.slice().buffer)];
}

function byName(names: readonly string[], bits: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, bits[i]]));
}
