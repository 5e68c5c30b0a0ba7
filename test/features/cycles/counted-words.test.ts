import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { computeFeatures } from "../../../src/features/compute/compute-features.ts";
import { operatingCycles } from "../../../src/features/cycles/operating-cycles.ts";
import { correlationOf, differenceOf, hoursAbove, perCycle, ratioOf, rolling } from "../../../src/features/index.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import { bitsOf } from "../support/compute.ts";
import { cutoffsAt } from "../support/make-fleet.ts";
import { cyclesAt, record, SECOND, volts } from "./support/cycles-at.ts";
import { countedSpecs, fleetOf, randomCycles, randomRows, seconds } from "./support/random-cycles.ts";

const gap = operatingCycles({ gap: "30s" });
/** Cycles of one row an hour apart, of 4, 6 and 5 volt. */
const hourly = record(volts({ 0: 1, 3600: 4, 7200: 6, 10800: 5 }));
const base = perCycle("volt", ["mean", "max"]);

test("words of two sensors, and of the time above a load, look at the last cycles", async () => {
  const [left, right] = ["volt_mean_cycle", "volt_max_cycle"];
  const columns = await cyclesAt(
    hourly,
    gap,
    [
      base,
      correlationOf(left, right, { over: "3c" }),
      ratioOf(left, right, { over: "2c", stats: "count" }),
      differenceOf(left, right, { over: "3c", stats: ["max", "count"] }),
      hoursAbove(left, { above: 4.5, over: ["2c", "3c"], hold: "1h" }),
    ],
    [7230, 10830],
  );
  const nothing = Number.NaN;
  assert.deepEqual(columns["volt_mean_cycle_volt_max_cycle_correlation_3c"], [nothing, 1]);
  assert.deepEqual(columns["volt_mean_cycle_volt_max_cycle_ratio_count_2c"], [2, 2]);
  assert.deepEqual(columns["volt_mean_cycle_volt_max_cycle_difference_max_3c"], [nothing, 0]);
  assert.deepEqual(columns["volt_mean_cycle_volt_max_cycle_difference_count_3c"], [0, 3]);
  assert.deepEqual(columns["volt_mean_cycle_hoursAbove_4_5_2c"], [0, 1]);
  assert.deepEqual(columns["volt_mean_cycle_hoursAbove_4_5_3c"], [nothing, 1]);
});

test("a window in cycles over a sensor that has not one value a cycle is refused by its name", () => {
  const specs = [
    rolling("volt", { over: "3c", stats: "mean" }),
    hoursAbove("volt", { above: 1, over: "3c", hold: "1h" }),
    differenceOf("volt_mean_cycle", "volt", { over: "3c" }),
  ];
  for (const spec of specs)
    assert.throws(() => planFeatures([base, spec], describeFleet(hourly), { cycles: gap }), {
      code: "PIPELINE_DURATION",
      message: /not one value a cycle.*3c of volt/s,
    });
});

test("what was read before a replacement moves no window that starts anew there", async () => {
  const anew = [
    ...countedSpecs.slice(0, 1),
    rolling("volt_max_cycle", { over: ["2c", "30s"], stats: ["mean", "count"], resetOn: "maintenance" }),
    correlationOf("volt_mean_cycle", "cycle_count", { over: "3c", resetOn: "maintenance" }),
  ];
  let known = 0;
  await fc.assert(
    fc.asyncProperty(randomRows, randomCycles, seconds, async (rows, cycles, at) => {
      const other = rows.map((row) =>
        row.time < 60 * SECOND ? { ...row, values: { ...row.values, ...("volt" in row.values && { volt: -7 }) } } : row,
      );
      const [ours, theirs] = await Promise.all(
        [rows, other].map(async (some) => {
          const fleet = fleetOf(some);
          const plan = planFeatures(anew, describeFleet(fleet), { cycles });
          const after = at.map((second) => (61 + second) * SECOND);
          return await computeFeatures(plan, fleet, cutoffsAt(fleet, after));
        }),
      );
      const [mine, moved] = [bitsOf(ours), bitsOf(theirs)];
      const rowsOfFirst = at.length;
      for (const [i, name] of ours.names.entries()) {
        if (!/_(2c|3c|30s)$/.test(name)) continue;
        assert.deepEqual(mine[name].slice(0, rowsOfFirst), moved[name].slice(0, rowsOfFirst), name);
        known += ours.columns[i].slice(0, rowsOfFirst).filter((value) => value > 0).length;
      }
    }),
    { seed: 20261124, numRuns: 80 },
  );
  assert.ok(known > 200);
});
