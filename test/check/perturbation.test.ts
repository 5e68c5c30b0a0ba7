import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkLeaks } from "../../src/check/check-leaks.ts";
import { findCause } from "../../src/check/find-cause.ts";
import { perturbBefore, perturbed, perturbUnknown } from "../../src/check/perturbation.ts";
import type { PickedRows } from "../../src/check/picked-rows.ts";
import { reachOf } from "../../src/check/reach.ts";
import type { Fleet } from "../../src/core/fleet.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { countOf, lag, rolling, scheduleUsed, timeSince } from "../../src/features/index.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { CENSORED } from "../../src/labels/labels.ts";
import { cutoffsAt, type FleetRows, makeFleet } from "../features/support/make-fleet.ts";
import { allSpecs, LAST_CYCLE, randomRows } from "../features/support/random-fleet.ts";

/** Everything of a fleet that is known at an instant, row by row. */
function knownAt(fleet: Fleet, instant: number): string[] {
  const known: string[] = [];
  const add = (...facts: unknown[]) => known.push(facts.map(String).join(" "));
  const outcome = (table: object) => "outcome" in table && table.outcome === true;
  for (const table of [...fleet.telemetry, ...Object.values(fleet.events)]) {
    for (const [machine, name] of fleet.machines.entries()) {
      for (let row = table.offsets[machine]; row < table.offsets[machine + 1]; row++) {
        const seenAt = Math.max(table.time[row], table.knownAt[row]);
        if (seenAt > instant || (outcome(table) && seenAt === instant)) continue;
        const said =
          "sensors" in table ? Object.values(table.sensors).map((values) => values[row]) : [kindOf(table, row)];
        add(table.name, name, table.time[row], table.knownAt[row], ...said);
      }
    }
  }
  const { machineTable, schedule = [], limits = [] } = fleet;
  for (let row = 0; row < (machineTable?.validFrom.length ?? 0); row++) {
    const values = Object.values(machineTable?.attributes ?? {}).map((column) => column.values[row]);
    if (Number(machineTable?.validFrom[row]) <= instant) add("machines", machineTable?.validFrom[row], ...values);
  }
  for (const row of [...schedule, ...limits]) if (row.validFrom <= instant) add(JSON.stringify(row));
  return known;
}

function kindOf({ kinds, kind }: Fleet["events"][string], row: number): string {
  return kinds[kind[row]];
}

test("whatever is deleted or changed of the unknown, what is known stays as it was, row by row", () => {
  fc.assert(
    fc.property(randomRows(), fc.integer({ min: 0, max: LAST_CYCLE }), fc.integer({ min: 0 }), (rows, t, seed) => {
      const fleet = makeFleet(rows);
      const known = { until: new Float64Array(fleet.machines.length).fill(t), outcomes: "before" as const };
      const [dropped, changed] = perturbUnknown(fleet, known, seed);
      const wanted = knownAt(fleet, t);
      assert.deepEqual(knownAt(perturbed(fleet, changed), t), wanted);
      const rest = perturbed(fleet, dropped);
      assert.deepEqual(knownAt(rest, t), wanted);
      assert.deepEqual(knownAt(rest, Number.POSITIVE_INFINITY), wanted, "nothing else is left");
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a row is changed in the same way whichever others are", () => {
  const fleet = makeFleet({
    telemetry: { t: [1, 2, 3, 4].map((time) => ({ time, values: { volt: time } })) },
    events: { errors: [{ time: 3, kind: "a" }] },
  });
  const [, changed] = perturbUnknown(fleet, { until: Float64Array.of(1), outcomes: "before" }, 7);
  const all = perturbed(fleet, changed);
  const one = perturbed(fleet, changed, [{ part: "telemetry", table: "t", rows: Uint32Array.of(2) }]);
  assert.equal(one.telemetry[0].sensors["volt"][2], all.telemetry[0].sensors["volt"][2]);
  assert.deepEqual([...one.telemetry[0].sensors["volt"]].toSpliced(2, 1), [1, 2, 4]);
  assert.notEqual(all.events["errors"].time[0], 3);
  assert.equal(one.events["errors"].time[0], 3);
});

test("no word of the vocabulary leaks, on fleets by chance with late, missing and outdated rows", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, fc.integer({ min: 0, max: 1000 }), async (rows, specs, seed) => {
      const fleet = makeFleet(rows);
      const plan = planFeatures(specs, describeFleet(fleet));
      const cutoffs = cutoffsAt(fleet, [5, 12, 20, 33, 40]);
      const report = await checkLeaks(
        {
          fleet,
          cutoffs,
          features: (of, at) => computeFeatures(plan, of, at),
          reach: reachOf(plan),
          labels: (_, { cutoff }) => ({
            task: { kind: "binary" },
            state: new Uint8Array(cutoff.length).fill(CENSORED),
            value: new Float64Array(cutoff.length).fill(Number.NaN),
            components: {},
            end: cutoff,
          }),
          split: { lookback: plan.lookback, folds: () => [], apart: ["time"] },
          learners: [],
        },
        { trials: 12, seed },
      );
      assert.deepEqual(report.leaks, []);
    }),
    { seed: 2, numRuns: 40 },
  );
});

const rows: FleetRows = {
  telemetry: { t: [1, 2, 3, 4, 5, 6].map((time) => ({ time, values: { volt: time } })) },
  events: {
    errors: [1, 3, 5].map((time) => ({ time, kind: "e" })),
    maintenance: [
      { time: 1, kind: "a" },
      { time: 2, kind: "b" },
      { time: 4, kind: "a" },
      { time: 6, kind: "a" },
    ],
  },
  schedule: [{ match: {}, validFrom: 0, component: "a", interval: 5 }],
};

test("each column reaches back to its own window or anchor", () => {
  const fleet = makeFleet(rows);
  const specs = [
    rolling("volt", { over: ["2c", "4c"], stats: "mean", resetOn: "maintenance" }),
    lag("volt", { by: "1c", hold: "2c" }),
    countOf("errors", { over: "3c", any: false }),
    timeSince("maintenance"),
    scheduleUsed("schedule"),
  ];
  assert.deepEqual(Object.fromEntries(reachOf(planFeatures(specs, describeFleet(fleet)))), {
    volt_mean_2c: { window: 2, since: { table: "maintenance" } },
    volt_mean_4c: { window: 4, since: { table: "maintenance" } },
    volt_lag_1c: { window: 3 },
    errors_e_count_3c: { window: 3 },
    maintenance_a_timeSince: { since: { table: "maintenance", kind: "a" } },
    maintenance_b_timeSince: { since: { table: "maintenance", kind: "b" } },
    maintenance_any_timeSince: { since: { table: "maintenance", kind: undefined } },
    schedule_a_used: { since: { table: "maintenance", kind: "a" } },
  });
});

test("what lies before a reach is changed, its anchor and all after it stay", () => {
  const fleet = makeFleet(rows);
  const picked = (reach: Parameters<typeof perturbBefore>[1]) =>
    Object.fromEntries(perturbBefore(fleet, reach, 6, 0).picked.map(({ table, rows }) => [table, [...rows]]));
  assert.deepEqual(picked({ window: 2 }), { t: [0, 1, 2, 3], errors: [0, 1], maintenance: [0, 1, 2] });
  // At 6 the replacement of 6 is not visible yet: the last one is that of 4.
  assert.deepEqual(picked({ since: { table: "maintenance", kind: "a" } }), {
    t: [0, 1, 2],
    errors: [0, 1],
    maintenance: [0, 1],
  });
  assert.deepEqual(picked({ since: { table: "maintenance", kind: "b" } }), { t: [0], errors: [0], maintenance: [0] });
  const all = perturbed(fleet, perturbBefore(fleet, { since: { table: "maintenance", kind: "a" } }, 6, 0));
  assert.deepEqual([...all.events["maintenance"].time].slice(-2), [4, 6]);
  assert.deepEqual([...all.telemetry[0].sensors["volt"]].slice(3), [4, 5, 6]);
});

test("the cause is one row, or the fewest that move it together", async () => {
  const picked: PickedRows[] = [
    { part: "telemetry", table: "t", rows: Uint32Array.from([1, 2, 3, 4, 5, 6, 7]) },
    { part: "events", table: "errors", rows: Uint32Array.from([0, 3, 4, 9]) },
  ];
  const has = (some: readonly PickedRows[], table: string, row: number) =>
    some.some((group) => group.table === table && group.rows.includes(row));
  const one = await findCause(picked, async (some) => has(some, "errors", 4));
  assert.deepEqual(one, [{ part: "events", table: "errors", rows: Uint32Array.of(4) }]);
  const two = await findCause(picked, async (some) => has(some, "t", 4) && has(some, "t", 5));
  assert.deepEqual([two.length, [...two[0].rows]], [1, [4, 5]]);
  const both = await findCause(picked, async (some) => has(some, "t", 4) && has(some, "errors", 0));
  assert.equal(both.length, 2);
});
