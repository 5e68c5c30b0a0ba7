import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { csv } from "../../src/archive/csv.ts";
import { checkPipeline } from "../../src/check/check-pipeline.ts";
import type { ForewarnError } from "../../src/core/errors.ts";
import { operatingCycles } from "../../src/features/cycles/operating-cycles.ts";
import { timeSince } from "../../src/features/words/time-since.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { checkOptions } from "../../src/pipeline/check-options.ts";
import { cycleCounts, cycleWarnings } from "../../src/pipeline/cycle-warnings.ts";
import { cyclesOf } from "../../src/pipeline/cycles-of.ts";
import { describePlan } from "../../src/pipeline/describe-plan.ts";
import { record } from "../features/cycles/support/cycles-at.ts";
import { runsIn } from "./support/small-fleet.ts";
import { cycleOptions, instant, type SimulatedCycle, writeStartsAndStops } from "./support/starts-and-stops.ts";

let simulated: readonly SimulatedCycle[] = [];
const small = await runsIn(
  test,
  async (folder) => {
    simulated = await writeStartsAndStops(folder);
  },
  cycleOptions,
);

const pipeline = { options: cycleOptions, places: small.places(), source: "test", overrides: {} };

test("a pipeline of starts and stops learns from its cycles, and its registered version scores their ends alone", async () => {
  const result = await small.run();
  assert.equal(result.status, "done");
  assert.equal(result.published?.version, 1);
  const learned = result.metrics["gbdt"] as { averagePrecision: number };
  assert.ok(learned.averagePrecision > 0.5, String(learned.averagePrecision));
  const manifest = JSON.parse(readFileSync(join(result.published?.path ?? "", "manifest.json"), "utf8"));
  assert.deepEqual(manifest.scorer.cycles, { cycles: "gap", gap: "10m" });

  // Each cycle but the first, of which nothing shows that it began with the record, and the last, which no later row closes.
  const { rows } = await small.score();
  const ends = simulated.filter(
    ({ machine }, i) => simulated[i - 1]?.machine === machine && simulated[i + 1]?.machine === machine,
  );
  const expected = ends.map(({ machine, rows }) => `${machine} ${instant(rows[rows.length - 1] + 600)}`);
  const scored = rows.map(({ machine, cutoff }) => `${machine} ${new Date(Number(cutoff)).toISOString()}`);
  assert.deepEqual(scored, expected);
  assert.ok(rows.filter(({ status }) => status === "scored").length > 0.9 * rows.length);
});

test("no leak is found in a pipeline of cycles", async () => {
  const report = await checkPipeline(pipeline, { trials: 16, seed: 2 });
  assert.deepEqual(report.leaks, []);
  assert.ok(report.columns >= 9 && report.values > 1_000);
});

test("the plan names the columns of cycles, and that they may look back without bound", async () => {
  const plan = await describePlan(pipeline, { now: () => new Date(Date.UTC(2026, 0, 1)) });
  assert.equal(plan.lookback, "without bound");
  assert.deepEqual(plan.columns.slice(0, 8), [
    "current_mean_cycle",
    "current_max_cycle",
    "cycle_duration",
    "cycle_count",
    "current_mean_cycle_mean_5c",
    "current_mean_cycle_slope_5c",
    "current_mean_cycle_mean_3d",
    "current_mean_cycle_slope_3d",
  ]);
});

test("on a grid, cutoffs are its ticks, and each sees the cycles that are closed by then", async () => {
  const result = await small.run({ every: "6h", stale: "12h" }, { home: "grid" });
  assert.equal(result.status, "done");
  const { rows } = await small.score("grid");
  assert.ok(rows.every(({ cutoff }) => new Date(Number(cutoff)).getTime() % 21_600_000 === 0));
});

test("cycles by a column of state end at the row that says so", async (context) => {
  const state = await runsIn(context, (folder) => writeStartsAndStops(folder, { idleRows: true }), {
    ...cycleOptions,
    cycles: operatingCycles({ state: "running", is: 1, silence: "1h" }),
  });
  assert.equal((await state.run()).status, "done");
  const { rows } = await state.score();
  const first = simulated.filter(({ machine }) => machine === "press-0")[1];
  assert.equal(new Date(Number(rows[0].cutoff)).toISOString(), instant(first.rows[first.rows.length - 1] + 60));
});

test("the plan warns of rows that no cycle waits for, and of cycles that are hardly any", () => {
  const late = record([
    [0, { volt: 1 }],
    [100, { volt: 1 }],
    [110, { volt: 1 }, 140],
    [200, { volt: 1 }],
  ]);
  const warned = (options: Parameters<typeof operatingCycles>[0]) => {
    const cycles = operatingCycles(options);
    return cycleWarnings([cycleCounts(late, cycles)], cycles);
  };
  assert.deepEqual(warned({ gap: "10s" }), [
    "1 of 4 telemetry rows become known too late for their operating cycle (cycles wait for no late row): give `late`",
    "every operating cycle is a single row: is the pause that ends one shorter than the time between rows?",
  ]);
  assert.deepEqual(warned({ gap: "10s", late: "30s" }), []);
  assert.deepEqual(warned({ gap: "1d", late: "30s" }), [
    "no operating cycle is closed: is the pause that ends one longer than any there is?",
  ]);
  assert.deepEqual(cycleWarnings([], undefined), []);
});

test("a pipeline is refused cycles that are none, and lengths in cycles where they cannot be", () => {
  const cases: [options: object, code: string, where: string][] = [
    [{ cycles: { cycles: "gap", gap: "soon" } }, "PIPELINE_DURATION", "presses.ts, cycles, gap"],
    [{ cycles: { cycles: "gap", gab: "10m" } }, "PIPELINE_CYCLES", "presses.ts, cycles"],
    [{ cycles: "10m" }, "PIPELINE_CYCLES", "presses.ts, cycles"],
    [{ time: "cycles" }, "PIPELINE_DURATION", "presses.ts"],
    [{ cycles: undefined }, "PIPELINE_DURATION", "presses.ts, features[1], rolling: over"],
    [{ label: failsWithin("20c", { of: "failures" }) }, "PIPELINE_DURATION", "presses.ts, label.horizon"],
    [{ evaluate: { leadTime: "2c" } }, "PIPELINE_DURATION", "presses.ts, evaluate.leadTime"],
  ];
  for (const [options, code, where] of cases) {
    assert.throws(
      () => checkOptions({ ...cycleOptions, ...options } as typeof cycleOptions, "presses.ts"),
      (error: ForewarnError) => {
        assert.deepEqual([error.code, error.details.where?.startsWith(where)], [code, true], JSON.stringify(error));
        return true;
      },
    );
  }
  assert.throws(
    () => checkOptions({ ...cycleOptions, time: "cycles", features: [timeSince("maintenance")] }, "presses.ts"),
    { code: "PIPELINE_OPTION_VALUE" },
  );
  checkOptions(cycleOptions, "presses.ts");
});

test("cycles wait for the slowest telemetry, where it is not said how late rows may be", () => {
  const source = { machine: "machine", time: "time", sensors: ["current"] };
  const slow = [csv("a.csv", { ...source, delay: "2m" }), csv("b.csv", { ...source, delay: "5m" })];
  assert.deepEqual(cyclesOf({ ...cycleOptions, telemetry: slow }), { cycles: "gap", gap: "10m", late: "5m" });
  const said = operatingCycles({ gap: "10m", late: "1h" });
  assert.deepEqual(cyclesOf({ ...cycleOptions, telemetry: slow, cycles: said }), said);
  assert.deepEqual(cyclesOf(cycleOptions), cycleOptions.cycles);
});
