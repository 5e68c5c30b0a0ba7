import assert from "node:assert/strict";
import { test } from "node:test";
import type { ForewarnError } from "../../../src/core/errors.ts";
import { random } from "../../../src/core/random.ts";
import { closedCycles } from "../../../src/features/cycles/closed-cycles.ts";
import { operatingCycles } from "../../../src/features/cycles/operating-cycles.ts";
import { featurizerToJson } from "../../../src/features/featurizer.ts";
import { delta, lag, perCycle, rolling } from "../../../src/features/index.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { readFeaturizer } from "../../../src/features/read.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import { cyclesAt, type Row, record, SECOND, volts } from "./support/cycles-at.ts";

const NONE = Number.NaN;
const gap = operatingCycles({ gap: "30s" });

/** A run that may have begun before the record, then cycles at 100 to 120 s, at 200 s alone, and at 300 to 360 s. */
const starts = record(volts({ 0: 1, 10: 1, 100: 4, 120: 6, 200: 5, 300: 7, 330: 1, 360: 10 }));

function spans(fleet: ReturnType<typeof record>, cycles: ReturnType<typeof operatingCycles>) {
  const { start, last, end, knownAt, rows } = closedCycles(fleet, cycles);
  return [...start].map((_, i) => [start[i], last[i], end[i], knownAt[i]].map((at) => at / SECOND).concat(rows[i]));
}

test("a cycle is a run of rows without a longer pause, and ends when no row can join it any more", () => {
  assert.deepEqual(spans(starts, gap), [
    [100, 120, 150, 150, 2],
    [200, 200, 230, 230, 1],
    [300, 360, 390, 390, 3],
  ]);
});

test("a row exactly a gap after the last one belongs to its cycle, one a microsecond later to the next", () => {
  const row = (seconds: number): Row => [seconds, { volt: 1 }];
  assert.deepEqual(spans(record([row(0), row(100), row(130)]), gap), [[100, 130, 160, 160, 2]]);
  assert.deepEqual(spans(record([row(0), row(100), row(130.000001)]), gap), [
    [100, 100, 130, 130, 1],
    [130.000001, 130.000001, 160.000001, 160.000001, 1],
  ]);
});

test("a cycle is seen from its end on, and not before", async () => {
  const spec = perCycle("volt", ["mean", "max"], { duration: true, count: true });
  assert.deepEqual(await cyclesAt(starts, gap, spec, [99, 149.999999, 150, 229, 230, 389, 390]), {
    volt_mean_cycle: [NONE, NONE, 5, 5, 5, 5, 6],
    volt_max_cycle: [NONE, NONE, 6, 6, 5, 5, 10],
    cycle_duration: [NONE, NONE, Math.fround(20 / 3600), Math.fround(20 / 3600), 0, 0, Math.fround(60 / 3600)],
    cycle_count: [NONE, NONE, 2, 2, 1, 1, 3],
  });
});

test("each statistic of a cycle is that of its readings", async () => {
  const stats = ["mean", "sd", "min", "max", "range", "first", "last", "sum", "count", "slope"] as const;
  const columns = await cyclesAt(
    record(volts({ 0: 0, 3600: 2, 3610: 4, 3620: 9 })),
    gap,
    perCycle("volt", stats),
    [3650],
  );
  assert.deepEqual(columns, {
    volt_mean_cycle: [5],
    volt_sd_cycle: [Math.fround(Math.sqrt(13))],
    volt_min_cycle: [2],
    volt_max_cycle: [9],
    volt_range_cycle: [7],
    volt_first_cycle: [2],
    volt_last_cycle: [9],
    volt_sum_cycle: [15],
    volt_count_cycle: [3],
    // 0.35 a second.
    volt_slope_cycle: [1260],
  });
});

test("the statistics of a cycle are those of rolling over a window that holds its rows", async () => {
  const numbers = random(1, "readings");
  const rows = Array.from({ length: 40 }, (_, i): Row => [1_000 + 7 * i, { volt: 100 + numbers.normal() }]);
  const stats = ["mean", "sd", "min", "max", "range", "first", "last", "sum", "count", "slope"] as const;
  // The last row is at 1,273 s, and the cycle over at 1,303 s.
  const window = rolling("volt", { over: "304s", stats });
  const columns = await cyclesAt(record([[0, { volt: 1 }], ...rows]), gap, [perCycle("volt", stats), window], [1_303]);
  for (const statistic of stats) {
    const [ours, theirs] = [columns[`volt_${statistic}_cycle`][0], columns[`volt_${statistic}_304s`][0]];
    assert.ok(Math.abs(ours - theirs) <= 1e-6 * Math.abs(theirs), `${statistic}: ${ours}, ${theirs}`);
  }
});

test("a cycle of one row has a mean, but no spread and no slope; one without a reading has neither", async () => {
  const rows = record([
    [0, { volt: 1 }],
    [100, { volt: 3 }],
    [200, {}],
  ]);
  const spec = perCycle("volt", ["mean", "sd", "slope", "sum", "count"], { count: true });
  assert.deepEqual(await cyclesAt(rows, gap, spec, [130, 230]), {
    volt_mean_cycle: [3, NONE],
    volt_sd_cycle: [NONE, NONE],
    volt_slope_cycle: [NONE, NONE],
    volt_sum_cycle: [3, NONE],
    volt_count_cycle: [1, 0],
    cycle_count: [1, 1],
  });
});

test("the first run of a record is no cycle: it may have begun earlier", () => {
  assert.deepEqual(spans(record(volts({ 0: 1, 10: 1 })), gap), []);
});

test("by state, a cycle ends at the first row of another state, or by silence if that comes first", () => {
  const running: readonly (readonly [number, number])[] = [
    [0, 1],
    [10, 0],
    [20, 1],
    [30, 1],
    [40, 0],
    [50, 0],
    [60, 2],
    [70, 1],
    // A minute of silence, exactly: still the same cycle.
    [130, 1],
    // More than a minute.
    [200, 1],
    [210, 0],
  ];
  const rows = running.map(([second, state]): Row => [second, { running: state }]);
  const cycles = operatingCycles({ state: "running", is: 1, silence: "1m" });
  assert.deepEqual(spans(record(rows), cycles), [
    [20, 30, 40, 40, 2],
    [70, 130, 190, 190, 2],
    [200, 200, 210, 210, 1],
  ]);
});

test("a row that does not tell the state neither ends a cycle nor goes on with it, but its readings count", async () => {
  const rows = record([
    [0, { running: 0, volt: 1 }],
    [10, { running: 1, volt: 2 }],
    [20, { volt: 30 }],
    [30, { running: 1, volt: 4 }],
    [40, { volt: 500 }],
    [50, { running: 0, volt: 600 }],
  ]);
  const cycles = operatingCycles({ state: "running", is: 1, silence: "1m" });
  assert.deepEqual(await cyclesAt(rows, cycles, perCycle("volt", "max", { count: true }), [49, 50]), {
    volt_max_cycle: [NONE, 30],
    cycle_count: [NONE, 2],
  });
});

test("a window of cycles holds the last ones that are closed, and is empty until there are as many", async () => {
  const specs = [perCycle("volt", "max"), rolling("volt_max_cycle", { over: ["2c", "2m"], stats: ["mean", "count"] })];
  const columns = await cyclesAt(starts, gap, specs, [150, 229, 230, 390]);
  assert.deepEqual(columns["volt_max_cycle_mean_2c"], [NONE, NONE, 5.5, 7.5]);
  assert.deepEqual(columns["volt_max_cycle_count_2c"], [0, 0, 2, 2]);
  // In time a window holds the cycles that ended in it: after 110 s, after 270 s.
  assert.deepEqual(columns["volt_max_cycle_mean_2m"], [6, 6, 5.5, 10]);
  assert.deepEqual(columns["volt_max_cycle_count_2m"], [1, 1, 2, 1]);
});

test("lags and changes count cycles too", async () => {
  const specs = [
    perCycle("volt", "max"),
    lag("volt_max_cycle", { by: "1c" }),
    delta("volt_max_cycle", { by: ["1c", "2c"] }),
  ];
  const columns = await cyclesAt(starts, gap, specs, [150, 230, 390]);
  assert.deepEqual(columns["volt_max_cycle_lag_1c"], [NONE, 6, 5]);
  assert.deepEqual(columns["volt_max_cycle_delta_1c"], [NONE, -1, 5]);
  assert.deepEqual(columns["volt_max_cycle_delta_2c"], [NONE, NONE, 4]);
});

test("a window of cycles starts anew at a replacement: a cycle that had begun before it does not count", async () => {
  const replaced = record(volts({ 0: 1, 100: 4, 120: 6, 200: 5, 300: 7, 330: 1, 360: 10, 500: 8 }), {
    replaced: [310],
  });
  const specs = [
    perCycle("volt", "max"),
    rolling("volt_max_cycle", { over: ["3c", "10m"], stats: ["max", "count"], resetOn: "maintenance" }),
  ];
  const columns = await cyclesAt(replaced, gap, specs, [230, 390, 530]);
  // Three cycles are not there at 230 s; at 530 s one since the replacement is all there is.
  assert.deepEqual(columns["volt_max_cycle_max_3c"], [NONE, NONE, 8]);
  assert.deepEqual(columns["volt_max_cycle_count_3c"], [0, 0, 1]);
  assert.deepEqual(columns["volt_max_cycle_max_10m"], [6, NONE, 8]);
});

test("a row that is known too late is in no cycle; one within the stated lateness delays the sight of its cycle", async () => {
  const rows = record([
    [0, { volt: 1 }, 0],
    [100, { volt: 2 }, 100],
    [110, { volt: 90 }, 125],
    [120, { volt: 3 }, 120],
  ]);
  const spec = perCycle("volt", "max", { count: true });
  assert.deepEqual(await cyclesAt(rows, gap, spec, [149, 150, 165]), {
    volt_max_cycle: [NONE, 3, 3],
    cycle_count: [NONE, 2, 2],
  });
  assert.deepEqual(await cyclesAt(rows, operatingCycles({ gap: "30s", late: "15s" }), spec, [150, 164, 165]), {
    volt_max_cycle: [NONE, NONE, 90],
    cycle_count: [NONE, NONE, 3],
  });
});

test("operating cycles refuse what they cannot read", () => {
  const refused = (options: unknown, code: string, found?: string) => {
    assert.throws(
      () => operatingCycles(options as Parameters<typeof operatingCycles>[0]),
      (error: ForewarnError) =>
        error.code === code && (found === undefined || String(error.details.found).includes(found)),
    );
  };
  refused({ gap: 30 }, "PIPELINE_CYCLES", "gap: 30");
  refused({ gap: "30x" }, "PIPELINE_DURATION");
  refused({ gap: "5c" }, "PIPELINE_DURATION");
  refused({ gapp: "30s" }, "PIPELINE_CYCLES", "gapp");
  refused({ state: "running", silence: "1m" }, "PIPELINE_CYCLES");
  refused({ state: "running", is: "1", silence: "1m" }, "PIPELINE_CYCLES", 'is: "1"');
  refused(undefined, "PIPELINE_CYCLES");
});

test("a window in cycles is for sensors with one value a cycle, of pipelines that have cycles", async () => {
  const codeOf = async (specs: Parameters<typeof cyclesAt>[2], cycles: Parameters<typeof cyclesAt>[1] | null = gap) => {
    return await cyclesAt(starts, cycles ?? undefined, specs, [150]).then(
      () => "",
      (error: ForewarnError) => error.code,
    );
  };
  assert.equal(await codeOf(rolling("volt", { over: "5c", stats: "mean" })), "PIPELINE_DURATION");
  assert.equal(await codeOf(rolling("volt_max_cycle", { over: "5c", stats: "mean" })), "PIPELINE_UNKNOWN_SENSOR");
  assert.equal(await codeOf(perCycle("temp", "mean")), "PIPELINE_UNKNOWN_SENSOR");
  assert.equal(
    await codeOf(perCycle("volt", "mean"), operatingCycles({ state: "on", is: 1, silence: "1m" })),
    "PIPELINE_UNKNOWN_SENSOR",
  );
  assert.equal(await codeOf(perCycle("volt", "mean"), null), "PIPELINE_CYCLES");
  assert.equal(await codeOf(perCycle("volt", "mean")), "");
});

test("a stored featurizer keeps its cycles, and is refused with those that are none", () => {
  const plan = planFeatures([perCycle("volt", "max")], describeFleet(starts), { cycles: gap });
  const stored = featurizerToJson({
    plan,
    outputs: [{ from: "raw", name: "volt_max_cycle" }],
    names: ["volt_max_cycle"],
  });
  const copy = JSON.parse(JSON.stringify(stored));
  assert.deepEqual(readFeaturizer(copy).plan, plan);
  copy.schema.cycles.of.gap = "soon";
  assert.throws(() => readFeaturizer(copy), { code: "MODEL_INVALID" });
});
