import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Fleet } from "../../../src/core/fleet.ts";
import { computeFeatures, computeInGroups } from "../../../src/features/compute/compute-features.ts";
import { closedCycles } from "../../../src/features/cycles/closed-cycles.ts";
import { CycleBuilder, type CycleRow, cycleBuilderStateShape } from "../../../src/features/cycles/cycle-builder.ts";
import { CYCLE_START } from "../../../src/features/cycles/cycle-schema.ts";
import { cycleRule, type OperatingCycles } from "../../../src/features/cycles/operating-cycles.ts";
import { withCycles } from "../../../src/features/cycles/with-cycles.ts";
import { featureMemory } from "../../../src/features/feature-memory.ts";
import { featurizeGroups } from "../../../src/features/featurize-groups.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import { fleetSource } from "../../../src/features/source.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { bitsOf } from "../support/compute.ts";
import { cutoffsAt } from "../support/make-fleet.ts";
import { SECOND } from "./support/cycles-at.ts";
import {
  countedSpecs,
  fleetOf,
  machines,
  type RandomRow,
  randomCycles,
  randomRows,
  seconds,
  timedSpecs,
} from "./support/random-cycles.ts";

const property = { seed: 20261124, numRuns: 150 };
const allSpecs: readonly FeatureSpec[] = [...countedSpecs, ...timedSpecs];

async function matrixOf(
  fleet: Fleet,
  cycles: OperatingCycles,
  specs: readonly FeatureSpec[],
  at: readonly number[],
  threads = 1,
) {
  const plan = planFeatures(specs, describeFleet(fleet), { cycles });
  const cutoffs = cutoffsAt(
    fleet,
    at.map((second) => second * SECOND),
  );
  return await computeFeatures(plan, fleet, cutoffs, { threads });
}

/** What a reader of the definition writes down: the instants of each machine's cycles, found by looking at every pair of rows. */
function definedCycles(rows: readonly RandomRow[], cycles: OperatingCycles, machine: string): number[][] {
  const { pause, late, state } = cycleRule(cycles);
  const telling = rows
    .filter((row) => row.machine === machine && row.knownAt <= row.time + late)
    .filter(({ values }) => state === undefined || !Number.isNaN(values[state.sensor] ?? Number.NaN))
    .map(({ time, values }) => ({ time, holds: state === undefined || values[state.sensor] === state.is }));
  const holdsAt = new Map(telling.map(({ time, holds }) => [time, holds]));
  const times = [...holdsAt.keys()].sort((a, b) => a - b);
  const joined = (i: number) => holdsAt.get(times[i - 1]) && holdsAt.get(times[i]) && times[i] - times[i - 1] <= pause;
  const found: number[][] = [];
  for (const [i, time] of times.entries()) {
    if (!holdsAt.get(time) || i === 0 || joined(i)) continue;
    let last = i;
    while (last + 1 < times.length && joined(last + 1)) last++;
    const silent = times[last] + pause;
    const end = last + 1 < times.length ? Math.min(silent, times[last + 1]) : silent;
    found.push([time, times[last], state === undefined ? silent : end, last - i + 1]);
  }
  return found;
}

test("the cycles of a record are those of the definition", () => {
  let seen = 0;
  fc.assert(
    fc.property(randomRows, randomCycles, (rows, cycles) => {
      const fleet = fleetOf(rows);
      const { offsets, start, last, end, knownAt, rows: counts } = closedCycles(fleet, cycles);
      const { late } = cycleRule(cycles);
      for (const [m, machine] of machines.entries()) {
        const ours = [...start.keys()]
          .slice(offsets[m], offsets[m + 1])
          .map((i) => [start[i], last[i], end[i], counts[i]]);
        assert.deepEqual(ours, definedCycles(rows, cycles, machine));
        seen += ours.length;
      }
      assert.deepEqual(
        [...knownAt],
        [...end].map((instant) => instant + late),
      );
    }),
    property,
  );
  assert.ok(seen > 500);
});

test("no feature of cycles moves when rows that are not known at its cutoff are deleted or changed", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows, randomCycles, seconds, fc.boolean(), async (rows, cycles, at, deleted) => {
      const now = at[Math.floor(at.length / 2)];
      const known = at.filter((second) => second <= now);
      const unknown = (row: RandomRow) => row.knownAt > now * SECOND;
      const other = deleted
        ? rows.filter((row) => !unknown(row))
        : rows.map((row) =>
            unknown(row) ? { ...row, values: { volt: 50, running: 1 - row.values["running"], flow: -50 } } : row,
          );
      const [ours, theirs] = [fleetOf(rows), fleetOf(other)];
      assert.deepEqual(
        bitsOf(await matrixOf(ours, cycles, allSpecs, known)),
        bitsOf(await matrixOf(theirs, cycles, allSpecs, known)),
      );
    }),
    property,
  );
});

test("a record that begins later gives the same bits, or nothing: a cycle that it cuts is not counted", async () => {
  let same = 0;
  await fc.assert(
    fc.asyncProperty(
      randomRows,
      randomCycles,
      seconds,
      fc.integer({ min: 0, max: 100 }),
      async (rows, cycles, at, from) => {
        const whole = await matrixOf(fleetOf(rows), cycles, countedSpecs, at);
        const cut = await matrixOf(fleetOf(rows.filter(({ time }) => time >= from * SECOND)), cycles, countedSpecs, at);
        for (const [i, name] of whole.names.entries()) {
          for (let row = 0; row < whole.rows; row++) {
            const [ours, theirs] = [cut.columns[i][row], whole.columns[i][row]];
            const nothing = Number.isNaN(ours) || (name.includes("_count_") && ours === 0);
            if (!nothing) same++;
            assert.ok(
              nothing || Object.is(ours, theirs),
              `${name}, row ${row}: ${ours} of a part, ${theirs} of the whole`,
            );
          }
        }
      },
    ),
    property,
  );
  assert.ok(same > 5_000);
});

test("a window of cycles is the same to the bit wherever the record begins, once that holds as many whole cycles", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(randomRows, randomCycles, fc.integer({ min: 0, max: 100 }), async (rows, cycles, from) => {
      const part = fleetOf(rows.filter(({ time }) => time >= from * SECOND));
      const { offsets, knownAt } = closedCycles(part, cycles);
      const fourth = offsets[0] + 3;
      if (fourth >= offsets[1]) return;
      const at = knownAt[fourth] / SECOND;
      const names = ["volt_mean_cycle_mean_4c", "volt_mean_cycle_sd_4c", "volt_mean_cycle_lag_3c", "volt_slope_cycle"];
      const [cut, whole] = [
        bitsOf(await matrixOf(part, cycles, countedSpecs, [at])),
        bitsOf(await matrixOf(fleetOf(rows), cycles, countedSpecs, [at])),
      ];
      for (const name of names) assert.equal(cut[name][0], whole[name][0], name);
      compared++;
    }),
    { ...property, numRuns: 300 },
  );
  assert.ok(compared > 20);
});

test("features of cycles have the same bits in any order of rows, at any cutoff alone, and on several threads", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows, randomCycles, seconds, async (rows, cycles, at) => {
      const fleet = fleetOf(rows);
      const all = bitsOf(await matrixOf(fleet, cycles, allSpecs, at));
      assert.deepEqual(bitsOf(await matrixOf(fleetOf([...rows].reverse()), cycles, allSpecs, at)), all);
      const [first] = at;
      const alone = bitsOf(await matrixOf(fleet, cycles, allSpecs, [first]));
      for (const [name, bits] of Object.entries(all)) assert.deepEqual(alone[name], [bits[0], bits[at.length]], name);
    }),
    { ...property, numRuns: 60 },
  );
  const [rows] = fc.sample(randomRows, { seed: 4, numRuns: 1 });
  const cycles = { cycles: "gap", gap: "5s" } as const;
  const at = Array.from({ length: 100 }, (_, second) => second);
  const [one, two] = [
    await matrixOf(fleetOf(rows), cycles, allSpecs, at),
    await matrixOf(fleetOf(rows), cycles, allSpecs, at, 2),
  ];
  assert.deepEqual(bitsOf(two), bitsOf(one));
});

test("features of cycles have the same bits a group of machines, and a piece of a machine, after the other", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows, randomCycles, seconds, async (rows, cycles, at) => {
      const fleet = fleetOf(rows);
      const plan = planFeatures(allSpecs, describeFleet(fleet), { cycles });
      const cutoffs = cutoffsAt(
        fleet,
        at.map((second) => second * SECOND),
      );
      const whole = bitsOf(await computeFeatures(plan, fleet, cutoffs));
      const pieces = await computeInGroups(plan, fleet, cutoffs, {}, { usual: 1, piece: 1, overlap: 100, most: 1e6 });
      assert.deepEqual(bitsOf(pieces), whole);
      const { wholeMachines } = await featureMemory(plan, fleetSource(fleet), [at.length, at.length]);
      assert.ok(wholeMachines > 0);
      const columns = Object.fromEntries(plan.rawNames.map((name): [string, number[]] => [name, []]));
      for await (const { matrix } of featurizeGroups(plan, fleetSource(fleet), cutoffs, { memory: "100MB" }))
        for (const [name, bits] of Object.entries(bitsOf(matrix))) columns[name].push(...bits);
      assert.deepEqual(columns, whole);
    }),
    { ...property, numRuns: 30 },
  );
});

/** The batch table of one machine, row by row. */
function batchCycles(fleet: Fleet, schema: Parameters<typeof withCycles>[1], machine: number): CycleRow[] {
  const table = withCycles(fleet, schema).telemetry.at(-1)!;
  const rows = [...table.time.keys()].slice(table.offsets[machine], table.offsets[machine + 1]);
  return rows.map((row) => {
    const { [CYCLE_START]: start, ...sensors } = table.sensors;
    const values = Object.fromEntries(Object.entries(sensors).map(([name, column]) => [name, column[row]]));
    return { start: start[row], end: table.time[row], knownAt: table.knownAt[row], values };
  });
}

test("row by row, in the order in which rows become known, the same cycles are closed as in all rows at once, each at its instant", () => {
  let closed = 0;
  fc.assert(
    fc.property(
      randomRows,
      randomCycles,
      fc.array(fc.integer({ min: 0, max: 160 }), { maxLength: 12 }),
      fc.boolean(),
      (rows, cycles, moments, restored) => {
        const fleet = fleetOf(rows);
        const { cycles: schema } = planFeatures(countedSpecs, describeFleet(fleet), { cycles }).schema;
        assert.ok(schema !== undefined);
        for (const [m, machine] of machines.entries()) {
          let builder = new CycleBuilder(schema);
          const found: CycleRow[] = [];
          const arriving = rows.filter((row) => row.machine === machine).sort((a, b) => a.knownAt - b.knownAt);
          const closings = [...moments].sort((a, b) => a - b).map((second) => second * SECOND);
          const all = batchCycles(fleet, schema, m);
          const until = (now: number) => {
            found.push(...builder.close(now));
            assert.deepEqual(
              found,
              all.filter(({ knownAt }) => knownAt <= now),
            );
          };
          for (const row of arriving) {
            while (closings[0] < row.knownAt) until(closings.shift()!);
            if (restored)
              builder = new CycleBuilder(
                schema,
                cycleBuilderStateShape.parse(JSON.parse(JSON.stringify(builder.save()))),
              );
            builder.add(row);
          }
          for (const now of closings) until(now);
          until(1_000 * SECOND);
          closed += found.length;
        }
      },
    ),
    property,
  );
  assert.ok(closed > 500);
});

test("between cycles nothing is kept, however long a machine stands still", () => {
  const schema = {
    of: { cycles: "state", state: "running", is: 1, silence: "1m" } as const,
    quantities: [{ name: "volt_max_cycle", sensor: "volt", statistic: "max" as const }],
  };
  const builder = new CycleBuilder(schema);
  for (let second = 0; second < 1_000; second++) {
    builder.add({ time: second * SECOND, values: { running: 0, volt: second } });
    builder.close(second * SECOND);
  }
  const { told, readings } = builder.save();
  assert.deepEqual([told.times.length, readings["volt"].times.length], [0, 0]);
});
