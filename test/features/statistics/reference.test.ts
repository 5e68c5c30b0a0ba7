import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as words from "../../../src/features/index.ts";
import { type RollingStatisticSpec, statisticNames } from "../../../src/features/statistics/table.ts";
import { featuresAt } from "../support/compute.ts";

/** Made by scripts/reference/statistics.py with scipy, pandas and tsfresh. */
interface Reference {
  versions: Record<string, string>;
  cases: {
    name: string;
    /** Microseconds. */
    times: number[];
    /** Null: missing. */
    values: (number | null)[];
    cutoff: number;
    /** By label; what is not there is missing. */
    expected: Record<string, number | null>;
  }[];
}

const file = new URL("./reference.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as Reference;

const withNumbers: readonly RollingStatisticSpec[] = [
  words.quantile(0.9),
  words.ewma({ halfLife: "6h" }),
  words.fractionBeyondSigma(1),
  words.fractionBeyondSigma(2.5),
  ...([2, -0.5, "mean"] as const).flatMap((level) => [
    words.countAbove(level),
    words.countBelow(level),
    words.fractionAbove(level),
    words.fractionBelow(level),
    words.longestRunAbove(level),
    words.longestRunBelow(level),
    words.longestTimeAbove(level),
    words.longestTimeBelow(level),
    words.crossingsOf(level),
  ]),
  words.countBetween(-1, 3.5),
  words.countEqual(2),
  words.peaks(1),
  words.peaks(3),
  words.massLocation(0.5),
  words.energyShare(1, 4),
  words.energyShare(4, 4),
  words.meanOfLargest(3),
  words.autocorrelation(1),
  words.autocorrelation(3),
  words.c3(1),
  words.c3(2),
  words.timeReversalAsymmetry(1),
  words.timeReversalAsymmetry(2),
  words.permutationEntropy(),
  words.permutationEntropy({ order: 4, delay: 2 }),
  words.binnedEntropy(10),
];
const numbered = new Set<string>(withNumbers.map((spec) => (typeof spec === "string" ? spec : spec.statistic)));
const plain = statisticNames.filter((name) => !numbered.has(name)) as RollingStatisticSpec[];

/** Of the library's value; float32 itself rounds by up to 6e-8. */
const TOLERANCE = 2e-7;
/** Of the largest reading, for what is left where sums cancel out. */
const ROUNDING = 1e-15;

for (const { name, times, values, cutoff, expected } of cases) {
  test(`every statistic equals that of scipy, pandas or tsfresh: ${name}`, async () => {
    const spec = words.rolling("volt", { over: "30d", stats: [...plain, ...withNumbers] });
    const rows = {
      time: "timestamp" as const,
      telemetry: { t: values.map((volt, i) => ({ time: times[i], values: { volt: volt ?? Number.NaN } })) },
    };
    const columns = await featuresAt(rows, spec, [cutoff]);
    const labels = Object.keys(columns).map((column) => column.replace(/^volt_(.*)_30d$/, "$1"));
    assert.deepEqual(
      Object.keys(expected).filter((label) => !labels.includes(label)),
      [],
    );
    const largest = Math.max(...values.map((value) => Math.abs(value ?? 0)));
    for (const label of labels) {
      const [value] = columns[`volt_${label}_30d`];
      const wanted = Math.fround(expected[label] ?? Number.NaN);
      if (Object.is(value, wanted)) continue;
      const tolerance = TOLERANCE * Math.abs(wanted) + ROUNDING * largest;
      assert.ok(Math.abs(value - wanted) <= tolerance, `${label}: ${value}, not ${wanted}`);
    }
  });
}

test("every statistic has reference values", () => {
  const spec = words.rolling("volt", { over: "1h", stats: [...plain, ...withNumbers] });
  assert.equal(spec.stats.length, new Set(spec.stats.map((statistic) => JSON.stringify(statistic))).size);
  const some = new Set(cases.flatMap(({ expected }) => Object.keys(expected)));
  assert.equal(some.size, spec.stats.length);
});
