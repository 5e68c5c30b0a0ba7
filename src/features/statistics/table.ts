/** Every statistic of `rolling` and what implements it. A new statistic is a file and a line here. */
import type { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { absoluteMaximumStatistic } from "./absolute-maximum.ts";
import { absoluteSumOfChangesStatistic } from "./absolute-sum-of-changes.ts";
import { autocorrelationStatistic } from "./autocorrelation.ts";
import { binnedEntropyStatistic } from "./binned-entropy.ts";
import { c3Statistic } from "./c3.ts";
import { coefficientOfVariationStatistic } from "./coefficient-of-variation.ts";
import { complexityStatistic, normalizedComplexityStatistic } from "./complexity.ts";
import { countStatistic } from "./count.ts";
import { countBetweenStatistic } from "./count-between.ts";
import { countAboveStatistic, countBelowStatistic } from "./count-beyond.ts";
import { countEqualStatistic } from "./count-equal.ts";
import { crestFactorStatistic } from "./crest-factor.ts";
import { crossingsOfStatistic } from "./crossings-of.ts";
import { hasDuplicateMaximumStatistic, hasDuplicateMinimumStatistic, hasDuplicateStatistic } from "./duplicates.ts";
import { energyStatistic } from "./energy.ts";
import { energyShareStatistic } from "./energy-share.ts";
import { ewmaStatistic } from "./ewma.ts";
import { firstStatistic } from "./first.ts";
import { fractionAboveStatistic, fractionBelowStatistic } from "./fraction-beyond.ts";
import { fractionBeyondSigmaStatistic } from "./fraction-beyond-sigma.ts";
import { integralStatistic, timeWeightedMeanStatistic } from "./held.ts";
import { impulseFactorStatistic } from "./impulse-factor.ts";
import { interquartileRangeStatistic } from "./interquartile-range.ts";
import { kurtosisStatistic } from "./kurtosis.ts";
import { lastStatistic } from "./last.ts";
import { interceptStatistic, rSquaredStatistic, slopeErrorStatistic } from "./line.ts";
import {
  firstLocationOfMaximumStatistic,
  firstLocationOfMinimumStatistic,
  lastLocationOfMaximumStatistic,
  lastLocationOfMinimumStatistic,
} from "./locations.ts";
import { longestRunAboveStatistic, longestRunBelowStatistic } from "./longest-run.ts";
import { longestTimeAboveStatistic, longestTimeBelowStatistic } from "./longest-time.ts";
import { massLocationStatistic } from "./mass-location.ts";
import { maxStatistic } from "./max.ts";
import { meanStatistic } from "./mean.ts";
import { meanAbsoluteChangeStatistic } from "./mean-absolute-change.ts";
import { meanChangeStatistic } from "./mean-change.ts";
import { meanOfLargestStatistic } from "./mean-of-largest.ts";
import { meanSecondDerivativeStatistic } from "./mean-second-derivative.ts";
import { medianAbsoluteDeviationStatistic } from "./median-absolute-deviation.ts";
import { minStatistic } from "./min.ts";
import { peaksStatistic } from "./peaks.ts";
import { permutationEntropyStatistic } from "./permutation-entropy.ts";
import { medianStatistic, quantileStatistic } from "./quantile.ts";
import { rangeStatistic } from "./range.ts";
import {
  fractionOfDistinctValuesStatistic,
  fractionOfReoccurringReadingsStatistic,
  fractionOfReoccurringValuesStatistic,
  sumOfReoccurringReadingsStatistic,
  sumOfReoccurringValuesStatistic,
} from "./reoccurring.ts";
import { rootMeanSquareStatistic } from "./root-mean-square.ts";
import { sampleEntropyStatistic } from "./sample-entropy.ts";
import { sdStatistic } from "./sd.ts";
import { shapeFactorStatistic } from "./shape-factor.ts";
import { skewnessStatistic } from "./skewness.ts";
import { slopeStatistic } from "./slope.ts";
import type { Statistic, StatisticSpec } from "./statistic.ts";
import { statisticShapeOf } from "./statistic-shape.ts";
import { sumStatistic } from "./sum.ts";
import { timeReversalAsymmetryStatistic } from "./time-reversal-asymmetry.ts";
import { varianceStatistic } from "./variance.ts";
import { varianceLargerThanSdStatistic } from "./variance-larger-than-sd.ts";

const table = {
  mean: meanStatistic,
  sd: sdStatistic,
  min: minStatistic,
  max: maxStatistic,
  range: rangeStatistic,
  last: lastStatistic,
  slope: slopeStatistic,
  count: countStatistic,
  median: medianStatistic,
  quantile: quantileStatistic,
  sum: sumStatistic,
  first: firstStatistic,
  interquartileRange: interquartileRangeStatistic,
  variance: varianceStatistic,
  skewness: skewnessStatistic,
  kurtosis: kurtosisStatistic,
  rootMeanSquare: rootMeanSquareStatistic,
  absoluteMaximum: absoluteMaximumStatistic,
  crestFactor: crestFactorStatistic,
  shapeFactor: shapeFactorStatistic,
  impulseFactor: impulseFactorStatistic,
  energy: energyStatistic,
  integral: integralStatistic,
  timeWeightedMean: timeWeightedMeanStatistic,
  ewma: ewmaStatistic,
  coefficientOfVariation: coefficientOfVariationStatistic,
  medianAbsoluteDeviation: medianAbsoluteDeviationStatistic,
  fractionBeyondSigma: fractionBeyondSigmaStatistic,
  intercept: interceptStatistic,
  rSquared: rSquaredStatistic,
  slopeError: slopeErrorStatistic,
  meanChange: meanChangeStatistic,
  meanAbsoluteChange: meanAbsoluteChangeStatistic,
  absoluteSumOfChanges: absoluteSumOfChangesStatistic,
  meanSecondDerivative: meanSecondDerivativeStatistic,
  complexity: complexityStatistic,
  normalizedComplexity: normalizedComplexityStatistic,
  countAbove: countAboveStatistic,
  countBelow: countBelowStatistic,
  countBetween: countBetweenStatistic,
  countEqual: countEqualStatistic,
  fractionAbove: fractionAboveStatistic,
  fractionBelow: fractionBelowStatistic,
  longestRunAbove: longestRunAboveStatistic,
  longestRunBelow: longestRunBelowStatistic,
  longestTimeAbove: longestTimeAboveStatistic,
  longestTimeBelow: longestTimeBelowStatistic,
  crossingsOf: crossingsOfStatistic,
  peaks: peaksStatistic,
  firstLocationOfMaximum: firstLocationOfMaximumStatistic,
  lastLocationOfMaximum: lastLocationOfMaximumStatistic,
  firstLocationOfMinimum: firstLocationOfMinimumStatistic,
  lastLocationOfMinimum: lastLocationOfMinimumStatistic,
  massLocation: massLocationStatistic,
  energyShare: energyShareStatistic,
  meanOfLargest: meanOfLargestStatistic,
  autocorrelation: autocorrelationStatistic,
  c3: c3Statistic,
  timeReversalAsymmetry: timeReversalAsymmetryStatistic,
  sampleEntropy: sampleEntropyStatistic,
  permutationEntropy: permutationEntropyStatistic,
  binnedEntropy: binnedEntropyStatistic,
  varianceLargerThanSd: varianceLargerThanSdStatistic,
  hasDuplicate: hasDuplicateStatistic,
  hasDuplicateMaximum: hasDuplicateMaximumStatistic,
  hasDuplicateMinimum: hasDuplicateMinimumStatistic,
  sumOfReoccurringValues: sumOfReoccurringValuesStatistic,
  sumOfReoccurringReadings: sumOfReoccurringReadingsStatistic,
  fractionOfReoccurringValues: fractionOfReoccurringValuesStatistic,
  fractionOfReoccurringReadings: fractionOfReoccurringReadingsStatistic,
  fractionOfDistinctValues: fractionOfDistinctValuesStatistic,
};

type Shape = z.infer<(typeof table)[keyof typeof table]["shape"]>;

/** A statistic as a pipeline writes it. */
export type RollingStatisticSpec = Shape;

/** The names of all statistics. */
export const statisticNames = Object.keys(table);

/** The shape of a statistic. */
export const statisticShape: z.ZodType<RollingStatisticSpec> = statisticShapeOf<RollingStatisticSpec>(table);

/** The implementation of a statistic. @throws PIPELINE_FEATURE_OPTION when there is none of its name */
export function statisticOf(spec: StatisticSpec): Statistic {
  const name = typeof spec === "string" ? spec : spec.statistic;
  if (Object.hasOwn(table, name)) return table[name as keyof typeof table] as unknown as Statistic;
  throw new ForewarnError("PIPELINE_FEATURE_OPTION", { problem: "no statistic has this name", found: name });
}
