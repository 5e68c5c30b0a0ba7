/** The call of the kernel that lays the readings of a window out in a row and takes any number of statistics of them. */
import type { CutoffColumns, KernelCall, ReadingColumns, WindowColumns } from "./calls.ts";
import type { Address } from "./memory.ts";

/** The kernel's number of each statistic. */
export const describeCodes = {
  variance: 0,
  skewness: 1,
  kurtosis: 2,
  autocorrelation: 3,
  rootMeanSquare: 4,
  absoluteMaximum: 5,
  crestFactor: 6,
  shapeFactor: 7,
  impulseFactor: 8,
  energy: 9,
  coefficientOfVariation: 10,
  meanChange: 11,
  meanAbsoluteChange: 12,
  absoluteSumOfChanges: 13,
  meanSecondDerivative: 14,
  complexity: 15,
  normalizedComplexity: 16,
  intercept: 17,
  rSquared: 18,
  slopeError: 19,
  timeWeightedMean: 20,
  integral: 21,
  medianAbsoluteDeviation: 22,
  countAbove: 23,
  countBelow: 24,
  fractionAbove: 25,
  fractionBelow: 26,
  longestRunAbove: 27,
  longestRunBelow: 28,
  longestTimeAbove: 29,
  longestTimeBelow: 30,
  crossingsOf: 31,
  firstLocationOfMaximum: 32,
  lastLocationOfMaximum: 33,
  firstLocationOfMinimum: 34,
  lastLocationOfMinimum: 35,
  fractionBeyondSigma: 36,
  c3: 37,
  timeReversalAsymmetry: 38,
  sampleEntropy: 39,
  permutationEntropy: 40,
  binnedEntropy: 41,
  peaks: 42,
  varianceLargerThanSd: 43,
  hasDuplicate: 44,
  hasDuplicateMaximum: 45,
  hasDuplicateMinimum: 46,
  sumOfReoccurringValues: 47,
  sumOfReoccurringReadings: 48,
  fractionOfReoccurringValues: 49,
  fractionOfReoccurringReadings: 50,
  fractionOfDistinctValues: 51,
  countBetween: 52,
  countEqual: 53,
  meanOfLargest: 54,
  massLocation: 55,
  energyShare: 56,
  ewma: 57,
} as const;

export interface DescribeStep {
  /** One of `describeCodes`. */
  code: number;
  /** At most four. */
  parameters: readonly number[];
  /** A float32 column; 0 where it is not wanted. */
  out: Address;
}

/** Steps as the kernel reads them, float64: the code, the output, four parameters. */
export function describeProgram(steps: readonly DescribeStep[]): number[] {
  return steps.flatMap(({ code, out, parameters }) => {
    const [a = 0, b = 0, c = 0, d = 0] = parameters;
    return [code, out, a, b, c, d];
  });
}

export interface DescribeOptions {
  /** The statistics to take. */
  steps: readonly DescribeStep[];
  /** Where `describeProgram` of the steps lies. */
  program: Address;
  /** The unit of time: microseconds an hour, or 1 for cycles. */
  unit: number;
  /** The number of rows of the window that has the most. */
  largest: number;
}

/** Bytes of the window itself, of its table of counts, and of what is kept a reading: those of assembly/statistics/window.ts. */
const WINDOW_BYTES = 256 + 5040 * 4;
const READING_BYTES = 4 * 8;

/** Statistics over windows, float32. */
export function describeCall(
  rows: CutoffColumns,
  { time, knownAt, values }: ReadingColumns,
  { first, past, allKnown }: WindowColumns,
  { steps, program, unit, largest }: DescribeOptions,
): KernelCall {
  const window = [rows.cutoff, first, past, time, allKnown ? 0 : knownAt, values];
  return {
    kernel: "describe",
    args: [...window, unit, largest, program, steps.length],
    emits: steps.map(({ out }) => out),
    scratch: WINDOW_BYTES + largest * READING_BYTES,
  };
}

/** The largest number of rows that a window (t - length, t] of one machine can hold. Times ascend within each machine. */
export function largestWindow(offsets: ArrayLike<number>, time: ArrayLike<number>, length: number): number {
  let largest = 0;
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    let first = offsets[machine];
    for (let row = first; row < offsets[machine + 1]; row++) {
      while (time[first] <= time[row] - length) first++;
      largest = Math.max(largest, row - first + 1);
    }
  }
  return largest;
}
