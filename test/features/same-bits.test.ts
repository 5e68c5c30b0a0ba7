import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cutoffs, takeCutoffs } from "../../src/core/matrix.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { type FeaturePlan, planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { bitsOf } from "./support/compute.ts";
import { cutoffsAt, type FleetRows, makeFleet } from "./support/make-fleet.ts";
import { allSpecs, instants, type RandomRows, randomRows, windowedSpecs } from "./support/random-fleet.ts";

const property = { seed: 20150301, numRuns: 150 };

function planFor(specs: readonly FeatureSpec[], rows: FleetRows): FeaturePlan {
  return planFeatures(specs, describeFleet(makeFleet(rows)), {});
}

async function bits(plan: FeaturePlan, rows: FleetRows, cutoffs: Cutoffs, threads = 1) {
  return bitsOf(await computeFeatures(plan, makeFleet(rows), cutoffs, { threads }));
}

test("windowed features are the same when everything older than the lookback is gone", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), windowedSpecs, instants, async (rows, specs, at) => {
      const plan = planFor(specs, rows);
      const cutoffs = cutoffsAt(makeFleet(rows), at);
      const start = at[0] - plan.lookback;
      assert.deepEqual(await bits(plan, later(rows, start), cutoffs), await bits(plan, rows, cutoffs));
    }),
    property,
  );
});

test("an anchored feature that starts later has the same value or none", async () => {
  // Counting from the commissioning is asked for only where the records are known to start there.
  const anchored = allSpecs.map((specs) =>
    specs.filter(
      (spec) =>
        spec.feature === "timeSince" ||
        spec.feature === "usedSince" ||
        spec.feature === "countSince" ||
        (spec.feature === "scheduleUsed" && spec.fromCommissioning !== true),
    ),
  );
  await fc.assert(
    fc.asyncProperty(randomRows(), anchored, instants, fc.nat(30), async (rows, specs, at, start) => {
      const plan = planFor(specs, rows);
      const cutoffs = cutoffsAt(makeFleet(rows), at);
      const whole = await bits(plan, rows, cutoffs);
      const cut = await bits(plan, later(rows, start), cutoffs);
      for (const name of plan.rawNames) {
        for (const [row, value] of cut[name].entries())
          if (value !== 0x7fc00000) assert.equal(value, whole[name][row], name);
      }
    }),
    property,
  );
});

test("cutoffs computed in batches cut anywhere have the same bits", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, fc.nat(), async (rows, specs, at, cut) => {
      const plan = planFor(specs, rows);
      const cutoffs = cutoffsAt(makeFleet(rows), at);
      const rowsAll = Uint32Array.from(cutoffs.cutoff.keys());
      const middle = cut % (rowsAll.length + 1);
      const first = await bits(plan, rows, takeCutoffs(cutoffs, rowsAll.slice(0, middle)));
      const second = await bits(plan, rows, takeCutoffs(cutoffs, rowsAll.slice(middle)));
      const joined = plan.rawNames.map((name) => [name, [...first[name], ...second[name]]]);
      assert.deepEqual(Object.fromEntries(joined), await bits(plan, rows, cutoffs));
    }),
    property,
  );
});

test("the order of rows, tables and sensors changes no bit", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, async (rows, specs, at) => {
      const plan = planFor(specs, rows);
      const cutoffs = cutoffsAt(makeFleet(rows), at);
      const backwards = planFor(
        specs.toReversed().map((spec) => ("sensors" in spec ? { ...spec, sensors: spec.sensors.toReversed() } : spec)),
        rows,
      );
      assert.deepEqual(await bits(backwards, reversed(rows), cutoffs), await bits(plan, rows, cutoffs));
    }),
    property,
  );
});

test("one and two threads give the same bits, and report every row once", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, async (rows, specs, at) => {
      const plan = planFor(specs, rows);
      const fleet = makeFleet(rows);
      const cutoffs = cutoffsAt(fleet, at);
      let done = 0;
      const onProgress = (rowsDone: number) => {
        done = rowsDone;
      };
      const two = await computeFeatures(plan, fleet, cutoffs, { threads: 2, onProgress });
      assert.equal(done, cutoffs.cutoff.length);
      assert.deepEqual(bitsOf(two), await bits(plan, rows, cutoffs));
    }),
    { ...property, numRuns: 4 },
  );
});

test("deleting or changing what is not visible at a cutoff changes nothing there", async () => {
  const change = fc.constantFrom("delete", "change");
  await fc.assert(
    fc.asyncProperty(randomRows(), randomRows(), allSpecs, fc.nat(40), change, async (rows, other, specs, t, how) => {
      const plan = planFor(specs, rows);
      const cutoffs = cutoffsAt(makeFleet(rows), [t]);
      const known = visibleAt(rows, t);
      const unknown = how === "delete" ? known : merged(known, invisibleAt(other, t));
      assert.deepEqual(await bits(plan, unknown, cutoffs), await bits(plan, rows, cutoffs));
    }),
    { ...property, numRuns: 300 },
  );
});

const later = (rows: RandomRows, start: number): RandomRows => kept(rows, ({ time }) => time > start);

function visibleAt(rows: RandomRows, t: number): RandomRows {
  return kept(
    rows,
    ({ time, knownAt = time }, outcome) => (outcome ? Math.max(time, knownAt) < t : Math.max(time, knownAt) <= t),
    t,
  );
}

function invisibleAt(rows: RandomRows, t: number): RandomRows {
  return kept(
    rows,
    ({ time, knownAt = time }, outcome) => !(outcome ? Math.max(time, knownAt) < t : Math.max(time, knownAt) <= t),
  );
}

function kept(
  rows: RandomRows,
  keep: (row: { time: number; knownAt?: number }, outcome: boolean) => boolean,
  validBy?: number,
): RandomRows {
  const valid = <Row extends { validFrom?: number }>(list: readonly Row[]) =>
    list.filter(({ validFrom = 0 }) => validBy === undefined || validFrom <= validBy);
  const { fast, slow } = rows.telemetry;
  const { errors, maintenance, failures } = rows.events;
  return {
    ...rows,
    telemetry: { fast: fast.filter((row) => keep(row, false)), slow: slow.filter((row) => keep(row, false)) },
    events: {
      errors: errors.filter((row) => keep(row, false)),
      maintenance: maintenance.filter((row) => keep(row, true)),
      failures: failures.filter((row) => keep(row, true)),
    },
    machineTable: rows.machineTable.map((row) =>
      validBy === undefined || (row.validFrom ?? 0) <= validBy
        ? row
        : { ...row, attributes: { model: "later", age: 99 } },
    ),
    schedule: valid(rows.schedule ?? []),
    limits: valid(rows.limits ?? []),
  };
}

/** The rows of the first, and those of the second whose key is still free. */
function merged(first: RandomRows, second: RandomRows): RandomRows {
  const add = <Row extends { machine?: string; time: number; kind?: string }>(a: readonly Row[], b: readonly Row[]) => {
    const key = (row: Row) => `${row.machine} ${row.time} ${row.kind}`;
    const taken = new Set(a.map(key));
    return [...a, ...b.filter((row) => !taken.has(key(row)))];
  };
  return {
    ...first,
    telemetry: {
      fast: add(first.telemetry.fast, second.telemetry.fast),
      slow: add(first.telemetry.slow, second.telemetry.slow),
    },
    events: {
      errors: add(first.events.errors, second.events.errors),
      maintenance: add(first.events.maintenance, second.events.maintenance),
      failures: add(first.events.failures, second.events.failures),
    },
  };
}

function reversed(rows: RandomRows): RandomRows {
  const { fast, slow } = rows.telemetry;
  const backwards = (row: (typeof fast)[number]) => ({
    ...row,
    values: Object.fromEntries(Object.entries(row.values).toReversed()),
  });
  return {
    ...rows,
    telemetry: { slow: slow.toReversed().map(backwards), fast: fast.toReversed().map(backwards) },
    machineTable: rows.machineTable.toReversed(),
    schedule: rows.schedule?.toReversed(),
    limits: rows.limits?.toReversed(),
  };
}
