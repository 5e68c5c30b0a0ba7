/** Statistics over the readings of each cutoff's window laid out in a row; every window is computed anew, in the order of time. */
import { emit, f64At, u32At } from "./memory";
import { absoluteMaximum } from "./statistics/absolute-maximum";
import { absoluteSumOfChanges } from "./statistics/absolute-sum-of-changes";
import { autocorrelation } from "./statistics/autocorrelation";
import { countBeyond, fractionBeyond, longestRunBeyond, longestTimeBeyond } from "./statistics/beyond";
import { binnedEntropy } from "./statistics/binned-entropy";
import { coefficientOfVariation } from "./statistics/coefficient-of-variation";
import { complexity, normalizedComplexity } from "./statistics/complexity";
import { countBetween } from "./statistics/count-between";
import { crestFactor } from "./statistics/crest-factor";
import { crossingsOf } from "./statistics/crossings-of";
import { energy } from "./statistics/energy";
import { energyShare } from "./statistics/energy-share";
import { ewma } from "./statistics/ewma";
import { fractionBeyondSigma } from "./statistics/fraction-beyond-sigma";
import { integral, timeWeightedMean } from "./statistics/held";
import { impulseFactor } from "./statistics/impulse-factor";
import { kurtosis } from "./statistics/kurtosis";
import { c3, timeReversalAsymmetry } from "./statistics/lagged-products";
import { intercept, rSquared, slopeError } from "./statistics/line";
import { firstLocation, lastLocation } from "./statistics/locations";
import { massLocation } from "./statistics/mass-location";
import { meanAbsoluteChange } from "./statistics/mean-absolute-change";
import { meanChange } from "./statistics/mean-change";
import { meanOfLargest } from "./statistics/mean-of-largest";
import { meanSecondDerivative } from "./statistics/mean-second-derivative";
import { medianAbsoluteDeviation } from "./statistics/median-absolute-deviation";
import { peaks } from "./statistics/peaks";
import { permutationEntropy } from "./statistics/permutation-entropy";
import {
  countEqual,
  fractionOfDistinctValues,
  fractionOfReoccurringReadings,
  fractionOfReoccurringValues,
  hasDuplicate,
  isThereTwice,
  sumOfReoccurringReadings,
  sumOfReoccurringValues,
} from "./statistics/repeats";
import { rootMeanSquare } from "./statistics/root-mean-square";
import { sampleEntropy } from "./statistics/sample-entropy";
import { shapeFactor } from "./statistics/shape-factor";
import { skewness } from "./statistics/skewness";
import { variance } from "./statistics/variance";
import { varianceLargerThanSd } from "./statistics/variance-larger-than-sd";
import { layOut, Window, windowIn } from "./statistics/window";

/** Numbers a step: its code, its output, its parameters. */
const STEP: u32 = 6;

/**
 * Runs a program of `steps` statistics over each window: a step is its code, the address of its column (0: not wanted) and four
 * parameters, all float64. `largest` is how many readings a window holds at most, for which `scratch` has room.
 */
export function describe(
  from: u32, to: u32, scratch: usize, cutoff: usize, first: usize, past: usize, time: usize, knownAt: usize, values: usize,
  unit: f64, largest: u32, program: usize, steps: u32,
): void {
  const window = windowIn(scratch, largest, unit);
  for (let row = from; row < to; row++) {
    layOut(window, u32At(first, row), u32At(past, row), f64At(cutoff, row), time, knownAt, values);
    for (let step: u32 = 0; step < steps; step++) {
      const at = step * STEP;
      const out = <usize>f64At(program, at + 1);
      if (out == 0) continue;
      emit(out, row, statistic(window, <u32>f64At(program, at), program + ((<usize>(at + 2)) << 3)));
    }
  }
}

/** The codes are those of `describeCodes`; `parameters` are float64. */
function statistic(window: Window, code: u32, parameters: usize): f64 {
  const a = load<f64>(parameters);
  const b = load<f64>(parameters, 8);
  switch (code) {
    case 0: return variance(window);
    case 1: return skewness(window);
    case 2: return kurtosis(window);
    case 3: return autocorrelation(window, <u32>a);
    case 4: return rootMeanSquare(window);
    case 5: return absoluteMaximum(window);
    case 6: return crestFactor(window);
    case 7: return shapeFactor(window);
    case 8: return impulseFactor(window);
    case 9: return energy(window);
    case 10: return coefficientOfVariation(window);
    case 11: return meanChange(window);
    case 12: return meanAbsoluteChange(window);
    case 13: return absoluteSumOfChanges(window);
    case 14: return meanSecondDerivative(window);
    case 15: return complexity(window);
    case 16: return normalizedComplexity(window);
    case 17: return intercept(window);
    case 18: return rSquared(window);
    case 19: return slopeError(window);
    case 20: return timeWeightedMean(window);
    case 21: return integral(window);
    case 22: return medianAbsoluteDeviation(window);
    case 23: return countBeyond(window, parameters, true);
    case 24: return countBeyond(window, parameters, false);
    case 25: return fractionBeyond(window, parameters, true);
    case 26: return fractionBeyond(window, parameters, false);
    case 27: return longestRunBeyond(window, parameters, true);
    case 28: return longestRunBeyond(window, parameters, false);
    case 29: return longestTimeBeyond(window, parameters, true);
    case 30: return longestTimeBeyond(window, parameters, false);
    case 31: return crossingsOf(window, parameters);
    case 32: return firstLocation(window, window.most);
    case 33: return lastLocation(window, window.most);
    case 34: return firstLocation(window, window.least);
    case 35: return lastLocation(window, window.least);
    case 36: return fractionBeyondSigma(window, a);
    case 37: return c3(window, <u32>a);
    case 38: return timeReversalAsymmetry(window, <u32>a);
    case 39: return sampleEntropy(window);
    case 40: return permutationEntropy(window, <u32>a, <u32>b);
    case 41: return binnedEntropy(window, <u32>a);
    case 42: return peaks(window, <u32>a);
    case 43: return varianceLargerThanSd(window);
    case 44: return hasDuplicate(window);
    case 45: return isThereTwice(window, window.most);
    case 46: return isThereTwice(window, window.least);
    case 47: return sumOfReoccurringValues(window);
    case 48: return sumOfReoccurringReadings(window);
    case 49: return fractionOfReoccurringValues(window);
    case 50: return fractionOfReoccurringReadings(window);
    case 51: return fractionOfDistinctValues(window);
    case 52: return countBetween(window, a, b);
    case 53: return countEqual(window, a);
    case 54: return meanOfLargest(window, <u32>a);
    case 55: return massLocation(window, a);
    case 56: return energyShare(window, <u32>a, <u32>b);
    case 57: return ewma(window, a);
    default: return NaN;
  }
}
