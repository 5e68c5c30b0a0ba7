/** The plain twins of the kernel `describe`: each statistic of the readings of one window, with sums taken in the same order. */
import { exp, log } from "../../../src/core/math.ts";
import type { describeCodes } from "../../../src/kernels/describe-call.ts";

/** The counted readings of a window, ascending by time. */
export interface Counted {
  values: readonly number[];
  /** From the cutoff on: not positive. */
  times: readonly number[];
  unit: number;
}

type Twin = (window: Counted, ...parameters: number[]) => number;

export const describeTwins: Readonly<Record<keyof typeof describeCodes, Twin>> = {
  variance: ({ values }) => (values.length < 2 ? NONE : sum(squared(deviations(values))) / (values.length - 1)),
  skewness: ({ values }) => {
    const n = values.length;
    const squares = sum(squared(deviations(values)));
    const cubes = sum(deviations(values).map((d) => d * d * d));
    return n < 3 ? NONE : ((n * Math.sqrt(n - 1)) / (n - 2)) * (cubes / (squares * Math.sqrt(squares)));
  },
  kurtosis: ({ values }) => {
    const n = values.length;
    const squares = squared(deviations(values));
    const rest = (n - 2) * (n - 3);
    const ratio = sum(squared(squares)) / (sum(squares) * sum(squares));
    return n < 4 ? NONE : ((n * (n + 1) * (n - 1)) / rest) * ratio - (3 * (n - 1) * (n - 1)) / rest;
  },
  autocorrelation: ({ values }, lag) => {
    const from = deviations(values);
    const products = values.slice(lag).map((_, i) => from[i] * from[i + lag]);
    return products.length === 0 ? NONE : sum(products) / (products.length * populationVariance(values));
  },
  rootMeanSquare: ({ values }) => (values.length === 0 ? NONE : rootMeanSquare(values)),
  absoluteMaximum: ({ values }) => largestSize(values),
  crestFactor: ({ values }) => largestSize(values) / rootMeanSquare(values),
  shapeFactor: ({ values }) => rootMeanSquare(values) / meanSize(values),
  impulseFactor: ({ values }) => largestSize(values) / meanSize(values),
  energy: ({ values }) => (values.length === 0 ? NONE : sum(squared(values))),
  coefficientOfVariation: ({ values }) => (mean(values) === 0 ? NONE : populationSd(values) / mean(values)),
  meanChange: ({ values }) => (values.length < 2 ? NONE : (last(values) - values[0]) / (values.length - 1)),
  meanAbsoluteChange: ({ values }) =>
    values.length < 2 ? NONE : sum(changes(values).map(Math.abs)) / (values.length - 1),
  absoluteSumOfChanges: ({ values }) => (values.length < 2 ? NONE : sum(changes(values).map(Math.abs))),
  meanSecondDerivative: ({ values }) => {
    const n = values.length;
    return n < 3 ? NONE : (values[n - 1] - values[n - 2] - values[1] + values[0]) / (2 * (n - 2));
  },
  complexity: ({ values }) => (values.length < 2 ? NONE : Math.sqrt(sum(squared(changes(values))))),
  normalizedComplexity: ({ values }) => {
    if (values.length < 2) return NONE;
    const sd = populationSd(values);
    return sd === 0 ? 0 : Math.sqrt(sum(squared(changes(values)))) / sd;
  },
  intercept: (window) => {
    const { slope, centre } = line(window);
    return window.values.length < 2 ? NONE : mean(window.values) - slope * centre;
  },
  rSquared: (window) => {
    const { slope, products } = line(window);
    const share = slope * (products / sum(squared(deviations(window.values))));
    return window.values.length < 2 ? NONE : share > 1 ? 1 : share;
  },
  slopeError: (window) => {
    const { slope, ages, squares } = line(window);
    const residuals = deviations(window.values).map((deviation, i) => deviation - slope * ages[i]);
    const n = window.values.length;
    return n < 3 ? NONE : Math.sqrt(sum(squared(residuals)) / (n - 2) / squares) * window.unit;
  },
  timeWeightedMean: (window) => {
    const { values } = window;
    if (values.length === 0) return NONE;
    if (values.every((value) => value === values[0])) return values[0];
    const held = spans(window);
    return sum(values.map((value, i) => value * held[i])) / sum(held);
  },
  integral: (window) => {
    const held = spans(window);
    return window.values.length === 0 ? NONE : sum(window.values.map((value, i) => value * held[i])) / window.unit;
  },
  medianAbsoluteDeviation: ({ values }) => {
    if (values.length === 0) return NONE;
    const centre = median(values);
    return Number.isFinite(centre) ? median(values.map((value) => Math.abs(value - centre))) : NONE;
  },
  countAbove: (window, ...level) => beyond(window, level, 1).filter(Boolean).length,
  countBelow: (window, ...level) => beyond(window, level, -1).filter(Boolean).length,
  fractionAbove: (window, ...level) => share(beyond(window, level, 1)),
  fractionBelow: (window, ...level) => share(beyond(window, level, -1)),
  longestRunAbove: (window, ...level) => longestRun(beyond(window, level, 1)),
  longestRunBelow: (window, ...level) => longestRun(beyond(window, level, -1)),
  longestTimeAbove: (window, ...level) => longestTime(window, beyond(window, level, 1)),
  longestTimeBelow: (window, ...level) => longestTime(window, beyond(window, level, -1)),
  crossingsOf: (window, ...level) => {
    const above = beyond(window, level, 1);
    return above.filter((is, i) => i > 0 && is !== above[i - 1]).length;
  },
  firstLocationOfMaximum: ({ values }) => (values.length === 0 ? NONE : values.indexOf(most(values)) / values.length),
  lastLocationOfMaximum: ({ values }) => (values.lastIndexOf(most(values)) + 1) / values.length,
  firstLocationOfMinimum: ({ values }) => (values.length === 0 ? NONE : values.indexOf(least(values)) / values.length),
  lastLocationOfMinimum: ({ values }) => (values.lastIndexOf(least(values)) + 1) / values.length,
  fractionBeyondSigma: ({ values }, sigmas) => {
    const limit = sigmas * populationSd(values);
    return share(deviations(values).map((deviation) => Math.abs(deviation) > limit));
  },
  c3: ({ values }, lag) => mean0(triples(values, lag).map(([a, b, c]) => c * b * a)),
  timeReversalAsymmetry: ({ values }, lag) => mean0(triples(values, lag).map(([a, b, c]) => c * c * b - b * a * a)),
  sampleEntropy: ({ values }) => {
    const tolerance = 0.2 * populationSd(values);
    const near = (i: number, j: number) => Math.abs(values[i] - values[j]) <= tolerance;
    const pairs = values.flatMap((_, i) => values.slice(i + 1).map((_, k) => [i, i + 1 + k] as const));
    const two = pairs.filter(([i, j]) => near(i, j) && near(i + 1, j + 1));
    const three = two.filter(([i, j]) => near(i + 2, j + 2));
    return three.length === 0 ? NONE : -log(three.length / two.length);
  },
  permutationEntropy: ({ values }, order, delay) => {
    const begins = values.slice((order - 1) * delay).map((_, i) => i);
    const patterns = begins.map((begin) => {
      const pattern = Array.from({ length: order }, (_, i) => values[begin + i * delay]);
      const smaller = pattern.map((value, i) => pattern.slice(i + 1).filter((later) => later < value).length);
      return smaller.reduce((code, count, i) => code * (order - i) + count, 0);
    });
    return entropy(patterns);
  },
  binnedEntropy: ({ values }, bins) => {
    const range = most(values) - least(values);
    if (values.length === 0 || !Number.isFinite(range)) return NONE;
    if (range === 0) return 0;
    const edge = (bin: number) => least(values) + bin * (range / bins);
    const binOf = (value: number) => {
      const bin = Math.min(bins - 1, Math.floor(((value - least(values)) / range) * bins));
      if (value < edge(bin)) return bin - 1;
      return bin + 1 < bins && value >= edge(bin + 1) ? bin + 1 : bin;
    };
    return entropy(values.map(binOf));
  },
  peaks: ({ values }, support) =>
    values.filter((value, i) => {
      if (i < support || i + support >= values.length) return false;
      const around = [...values.slice(i - support, i), ...values.slice(i + 1, i + support + 1)];
      return around.every((other) => value > other);
    }).length,
  varianceLargerThanSd: ({ values }) => ifAny(values, populationVariance(values) > populationSd(values)),
  hasDuplicate: ({ values }) => ifAny(values, new Set(values).size < values.length),
  hasDuplicateMaximum: ({ values }) => ifAny(values, values.filter((value) => value === most(values)).length > 1),
  hasDuplicateMinimum: ({ values }) => ifAny(values, values.filter((value) => value === least(values)).length > 1),
  sumOfReoccurringValues: ({ values }) => (values.length === 0 ? NONE : sum(repeated(values).map(([value]) => value))),
  sumOfReoccurringReadings: ({ values }) =>
    values.length === 0 ? NONE : sum(repeated(values).map(([value, times]) => value * times)),
  fractionOfReoccurringValues: ({ values }) => repeated(values).length / new Set(values).size,
  fractionOfReoccurringReadings: ({ values }) => sum(repeated(values).map(([, times]) => times)) / values.length,
  fractionOfDistinctValues: ({ values }) => new Set(values).size / values.length,
  countBetween: ({ values }, from, to) => values.filter((value) => value >= from && value < to).length,
  countEqual: ({ values }, value) => values.filter((other) => other === value).length,
  meanOfLargest: ({ values }, readings) => {
    const sizes = values.map(Math.abs).sort((a, b) => b - a || 0);
    return sizes.length < readings ? NONE : sum(sizes.slice(0, readings)) / readings;
  },
  massLocation: ({ values }, share) => {
    const sizes = values.map(Math.abs);
    const reached = sizes.findIndex((_, i) => sum(sizes.slice(0, i + 1)) / sum(sizes) >= share);
    return reached < 0 ? NONE : (reached + 1) / values.length;
  },
  energyShare: ({ values }, parts, part) => {
    const sizes = Array.from({ length: parts }, (_, i) => Math.floor((values.length + parts - 1 - i) / parts));
    const begin = sum(sizes.slice(0, part - 1));
    return sum(squared(values.slice(begin, begin + sizes[part - 1]))) / sum(squared(values));
  },
  ewma: ({ values, times }, halfLife) => {
    if (values.length === 0) return NONE;
    if (values.every((value) => value === values[0])) return values[0];
    const weights = times.map((time) => exp((time - last(times)) * (Math.LN2 / halfLife)));
    return sum(values.map((value, i) => weights[i] * value)) / sum(weights);
  },
};

const NONE = Number.NaN;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return least(values) === most(values) ? least(values) : sum(values) / values.length;
}

/** The mean of sizes, exact where the readings themselves are equal. */
function meanSize(values: readonly number[]): number {
  return least(values) === most(values) ? Math.abs(least(values)) : sum(values.map(Math.abs)) / values.length;
}

/** The plain mean of what may be nothing. */
function mean0(values: readonly number[]): number {
  return values.length === 0 ? NONE : sum(values) / values.length;
}

function least(values: readonly number[]): number {
  return values.reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY);
}

function most(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most ? value : most), Number.NEGATIVE_INFINITY);
}

function last(values: readonly number[]): number {
  return values[values.length - 1];
}

function squared(values: readonly number[]): number[] {
  return values.map((value) => value * value);
}

function deviations(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function changes(values: readonly number[]): number[] {
  return values.slice(1).map((value, i) => value - values[i]);
}

function populationVariance(values: readonly number[]): number {
  return sum(squared(deviations(values))) / values.length;
}

function populationSd(values: readonly number[]): number {
  return Math.sqrt(populationVariance(values));
}

function rootMeanSquare(values: readonly number[]): number {
  if (least(values) === most(values)) return Math.abs(least(values));
  return Math.sqrt(sum(squared(values)) / values.length);
}

function largestSize(values: readonly number[]): number {
  return values.length === 0 ? NONE : most(values.map(Math.abs));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return 0.5 * sorted[(sorted.length - 1) >> 1] + 0.5 * sorted[sorted.length >> 1];
}

function line({ values, times }: Counted) {
  const centre = sum(times) / times.length;
  const ages = times.map((time) => time - centre);
  const from = deviations(values);
  const products = sum(ages.map((age, i) => age * from[i]));
  const squares = sum(squared(ages));
  return { centre, ages, products, squares, slope: products / squares };
}

/** How long each reading holds. */
function spans({ times }: Counted): number[] {
  return times.map((time, i) => (i + 1 < times.length ? times[i + 1] : 0) - time);
}

function beyond({ values }: Counted, [level, ofMean]: readonly number[], side: 1 | -1): boolean[] {
  const limit = ofMean === 1 ? mean(values) : level;
  return values.map((value) => (side === 1 ? value > limit : value < limit));
}

function share(is: readonly boolean[]): number {
  return is.filter(Boolean).length / is.length;
}

/** The lengths of all runs, found by splitting the text of them. */
function longestRun(is: readonly boolean[]): number {
  return Math.max(
    ...is
      .map((each) => (each ? "x" : " "))
      .join("")
      .split(" ")
      .map((run) => run.length),
  );
}

function longestTime(window: Counted, is: readonly boolean[]): number {
  if (is.length === 0) return NONE;
  const lengths = is.map((each, i) => {
    if (!each) return 0;
    const end = is.indexOf(false, i);
    return (end < 0 ? 0 : window.times[end]) - window.times[i];
  });
  return Math.max(...lengths) / window.unit;
}

function triples(values: readonly number[], lag: number): [number, number, number][] {
  return values.slice(2 * lag).map((third, i) => [values[i], values[i + lag], third]);
}

/** Of how often each code is there, in the order of the codes. */
function entropy(codes: readonly number[]): number {
  const counts = [...new Set(codes)]
    .sort((a, b) => a - b)
    .map((code) => codes.filter((other) => other === code).length);
  return codes.length === 0
    ? NONE
    : counts.reduce((sum, count) => sum - (count / codes.length) * log(count / codes.length), 0);
}

function ifAny(values: readonly number[], is: boolean): number {
  return values.length === 0 ? NONE : Number(is);
}

/** The values that are there more than once and how often, ascending. */
function repeated(values: readonly number[]): [value: number, times: number][] {
  return [...new Set(values)]
    .map((value): [number, number] => [value, values.filter((other) => other === value).length])
    .filter(([, times]) => times > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
