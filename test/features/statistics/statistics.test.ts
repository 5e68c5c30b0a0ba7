import assert from "node:assert/strict";
import { test } from "node:test";
import { type ErrorDetails, ForewarnError } from "../../../src/core/errors.ts";
import { MICROS_PER_HOUR as hour } from "../../../src/core/time.ts";
import * as words from "../../../src/features/index.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import type { FleetSchema } from "../../../src/features/schema.ts";
import { numberLabel } from "../../../src/features/statistics/level.ts";
import { type RollingStatisticSpec, statisticNames, statisticOf } from "../../../src/features/statistics/table.ts";
import { featuresAt } from "../support/compute.ts";
import { everyStatistic } from "../support/every-statistic.ts";

const NONE = Number.NaN;
const schema: FleetSchema = { time: "timestamp", sensors: ["volt"], events: {}, attributes: {} };

/** Statistics of readings an hour apart, the newest at the cutoff, without the names of sensor and window. */
async function statistics(values: readonly number[], ...stats: RollingStatisticSpec[]) {
  const rows = {
    time: "timestamp" as const,
    telemetry: { t: values.map((volt, i) => ({ time: i * hour, values: { volt } })) },
  };
  const columns = await featuresAt(rows, words.rolling("volt", { over: "30d", stats }), [(values.length - 1) * hour]);
  const shown = Object.entries(columns).map(([name, [value]]) => [name.replace(/^volt_(.*)_30d$/, "$1"), value]);
  return Object.fromEntries(shown) as Record<string, number>;
}

function refused(stats: unknown): ErrorDetails {
  try {
    words.rolling("volt", { over: "1d", stats: [stats] as never });
  } catch (error) {
    assert.ok(error instanceof ForewarnError && error.code === "PIPELINE_FEATURE_OPTION", String(error));
    return error.details;
  }
  throw new Error(`not refused: ${JSON.stringify(stats)}`);
}

test("every statistic is in the tests that go through all of them", () => {
  const there = new Set(everyStatistic.map((spec) => (typeof spec === "string" ? spec : spec.statistic)));
  assert.deepEqual(
    statisticNames.filter((name) => !there.has(name as never)),
    [],
  );
});

test("a column is named after its statistic and what that is given", () => {
  const { rawNames } = planFeatures(
    [
      words.rolling("volt", {
        over: "1d",
        stats: [
          "rootMeanSquare",
          words.autocorrelation(3),
          words.fractionAbove(-1.5),
          words.countBelow("mean"),
          words.countBetween(-0, 1e21),
          words.ewma({ halfLife: "360m" }),
          words.energyShare(4, 4),
          words.massLocation(0.07),
        ],
      }),
    ],
    schema,
  );
  assert.deepEqual(rawNames, [
    "volt_rootMeanSquare_1d",
    "volt_autocorrelation_3_1d",
    "volt_fractionAbove_m1_5_1d",
    "volt_countBelow_mean_1d",
    "volt_countBetween_0_to_1e21_1d",
    "volt_ewma_6h_1d",
    "volt_energyShare_4_of_4_1d",
    "volt_massLocation_7_1d",
  ]);
});

test("no two numbers make the same part of a column's name", () => {
  const numbers = [0, 1, -1, 10, 0.1, -0.1, 1.5, 15, 1e21, 1e-21, -1e21, -1e-21, 1.5e21, 1.5e-21, 121, 21];
  const labels = numbers.map(numberLabel);
  assert.equal(new Set(labels).size, numbers.length);
  for (const label of labels) assert.match(label, /^[A-Za-z0-9_]+$/);
});

test("a statistic says what it can take", () => {
  const expected = (stats: unknown) => [refused(stats).expected, refused(stats).found, refused(stats).where];
  const where = "rolling(…), stats[0]";
  assert.deepEqual(expected(words.autocorrelation(0)), ["a number from 1", "0", `${where}.lag`]);
  assert.deepEqual(expected(words.autocorrelation(1.5)), ["a whole number", "1.5", `${where}.lag`]);
  assert.deepEqual(expected(words.peaks(-1)), ["a number from 1", "-1", `${where}.support`]);
  assert.deepEqual(expected(words.fractionAbove(NONE)), ['a number or "mean"', "null", `${where}.level`]);
  assert.deepEqual(expected(words.crossingsOf("median" as never)), [
    'a number or "mean"',
    '"median"',
    `${where}.level`,
  ]);
  assert.deepEqual(expected(words.permutationEntropy({ order: 8 })), ["a number up to 7", "8", `${where}.order`]);
  assert.deepEqual(expected(words.countBetween(3, 3)), ["a number above `from`", "3", `${where}.to`]);
  assert.deepEqual(expected(words.energyShare(5, 4)), ["a number up to `of`", "5", `${where}.part`]);
  assert.deepEqual(expected(words.massLocation(0)), ["a number above 0", "0", `${where}.share`]);
  assert.deepEqual(expected(words.quantile(1.5)), ["a number up to 1", "1.5", `${where}.at`]);
  assert.deepEqual(expected("peaks"), ["peaks(…)", '"peaks"', where]);
  assert.deepEqual(expected({ statistic: "mean" }), ['"mean"', '{"statistic":"mean"}', where]);
  assert.equal(refused({ statistic: "peaks" }).expected, "`stats[0].support`, a number");
  assert.equal(refused(words.permutationEntropy({ ordr: 3 } as never)).found, "ordr");
  assert.equal(refused("rootmeansquare").hint, "did you mean `rootMeanSquare`?");
  assert.equal(refused({ statistic: "peeks" }).hint, "did you mean `peaks`?");
});

test("a half life is read in the fleet's own time, before anything is computed", () => {
  const spec = words.rolling("volt", { over: "1d", stats: [words.ewma({ halfLife: "6c" })] });
  assert.throws(
    () => planFeatures([spec], schema),
    (error) => error instanceof ForewarnError && error.code === "PIPELINE_DURATION",
  );
});

test("readings that never change have no spread left over from rounding", async () => {
  const constant = await statistics(Array(10).fill(0.1), "variance", "skewness", "kurtosis", "crestFactor", "rSquared");
  assert.deepEqual(constant, { variance: 0, skewness: NONE, kurtosis: NONE, crestFactor: 1, rSquared: NONE });
  const more = ["timeWeightedMean", words.ewma({ halfLife: "3h" }), words.countAbove("mean"), "slopeError"] as const;
  assert.deepEqual(await statistics(Array(10).fill(0.1), ...more), {
    timeWeightedMean: Math.fround(0.1),
    ewma_3h: Math.fround(0.1),
    countAbove_mean: 0,
    slopeError: 0,
  });
});

test("a reading counts for as long as it holds", async () => {
  const rows = {
    time: "timestamp" as const,
    telemetry: { t: [0, 1, 5].map((h) => ({ time: h * hour, values: { volt: h + 1 } })) },
  };
  const stats = ["timeWeightedMean", "integral", words.longestTimeAbove(1)] as const;
  // 1 for an hour, 2 for four, 6 for one.
  assert.deepEqual(await featuresAt(rows, words.rolling("volt", { over: "30d", stats }), [6 * hour]), {
    volt_timeWeightedMean_30d: [2.5],
    volt_integral_30d: [15],
    volt_longestTimeAbove_1_30d: [5],
  });
});

test("runs, crossings and peaks are counted as they are read off a picture", async () => {
  const values = [1, 3, 3, 0, 2, 5, 2, 2];
  const stats = [
    words.longestRunAbove(1),
    words.crossingsOf(1),
    words.peaks(1),
    words.peaks(2),
    "first",
    "sum",
  ] as const;
  assert.deepEqual(await statistics(values, ...stats), {
    longestRunAbove_1: 4,
    crossingsOf_1: 3,
    peaks_1: 1,
    peaks_2: 1,
    first: 1,
    sum: 18,
  });
});

test("counts of an empty window are 0 and everything else of it is missing", async () => {
  const timed = (spec: RollingStatisticSpec) => typeof spec !== "string" && spec.statistic === "ewma";
  const all = everyStatistic.filter((spec) => !timed(spec));
  const columns = await statistics([NONE, NONE], ...all);
  for (const spec of all) {
    const { label, unread } = statisticOf(spec);
    assert.equal(columns[label(spec, { schema })], unread === undefined ? NONE : 0);
  }
});

test("a count of some readings that is 0 does not say that there were none", () => {
  const zero = everyStatistic.filter((spec) => statisticOf(spec).unread === "zero");
  assert.deepEqual(zero, ["count"]);
});

test("an infinite reading gives what the definition gives", async () => {
  const stats = ["absoluteMaximum", "energy", "variance", "medianAbsoluteDeviation", words.binnedEntropy(4)] as const;
  assert.deepEqual(await statistics([1, 2, Number.POSITIVE_INFINITY], ...stats), {
    absoluteMaximum: Number.POSITIVE_INFINITY,
    energy: Number.POSITIVE_INFINITY,
    variance: NONE,
    medianAbsoluteDeviation: 1,
    binnedEntropy_4: NONE,
  });
});
