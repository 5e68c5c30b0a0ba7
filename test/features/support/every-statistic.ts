/** One of every statistic of `rolling`, and of those that take numbers several. */
import * as words from "../../../src/features/index.ts";
import { type RollingStatisticSpec, statisticNames } from "../../../src/features/statistics/table.ts";

const withNumbers: readonly RollingStatisticSpec[] = [
  words.quantile(0.9),
  words.ewma({ halfLife: "2c" }),
  words.fractionBeyondSigma(1),
  ...([1, "mean"] as const).flatMap((level) => [
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
  words.countBetween(-1, 3),
  words.countEqual(2),
  words.peaks(1),
  words.peaks(2),
  words.massLocation(0.5),
  words.energyShare(1, 3),
  words.energyShare(3, 3),
  words.meanOfLargest(2),
  words.autocorrelation(1),
  words.autocorrelation(2),
  words.c3(1),
  words.timeReversalAsymmetry(1),
  words.permutationEntropy(),
  words.permutationEntropy({ order: 2, delay: 2 }),
  words.permutationEntropy({ order: 4 }),
  words.binnedEntropy(4),
];
const numbered = new Set(withNumbers.map((spec) => (typeof spec === "string" ? spec : spec.statistic)));

/** For fleets in cycles. */
export const everyStatistic: readonly RollingStatisticSpec[] = [
  ...(statisticNames.filter((name) => !numbered.has(name as never)) as RollingStatisticSpec[]),
  ...withNumbers,
];
