/** The statistics of one cycle's readings, defined as those of `rolling` are. */
import { MICROS_PER_HOUR } from "../../core/time.ts";

/** In the order of documentation. */
export const cycleStatistics = ["mean", "sd", "min", "max", "range", "first", "last", "sum", "count", "slope"] as const;

/**
 * mean, sd (sample, two-pass), min, max, range (max - min), first and last reading, sum, count (readings), slope (least squares, per
 * hour). Missing readings are skipped; a cycle without any gives NaN and count 0; sd and slope need two readings.
 */
export type CycleStatistic = (typeof cycleStatistics)[number];

/** Readings in the order of time; those of index `from` (included) to `to` (excluded) are a cycle's, NaN among them is missing. */
export interface CycleReadings {
  times: ArrayLike<number>;
  values: ArrayLike<number>;
  from: number;
  to: number;
}

/** Several statistics of one cycle, float64; ages are taken from `end`, so that they are small numbers. */
export function cycleValues(
  statistics: readonly CycleStatistic[],
  { times, values, from, to }: CycleReadings,
  end: number,
): number[] {
  let count = 0;
  let sum = 0;
  let ageSum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let first = Number.NaN;
  let last = Number.NaN;
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    if (count === 0) first = value;
    count++;
    sum += value;
    ageSum += (times[i] - end) / MICROS_PER_HOUR;
    if (value < min) min = value;
    if (value > max) max = value;
    last = value;
  }
  const none = count === 0;
  // The rounding of a sum would leave a spread that is not there where all readings are equal.
  const mean = none ? Number.NaN : min === max ? min : sum / count;
  let squares = 0;
  let products = 0;
  let ageSquares = 0;
  if (count > 1 && (statistics.includes("sd") || statistics.includes("slope"))) {
    const ageMean = ageSum / count;
    for (let i = from; i < to; i++) {
      const value = values[i];
      if (Number.isNaN(value)) continue;
      const deviation = value - mean;
      const age = (times[i] - end) / MICROS_PER_HOUR - ageMean;
      squares += deviation * deviation;
      products += age * deviation;
      ageSquares += age * age;
    }
  }
  const of: Record<CycleStatistic, number> = {
    mean,
    sd: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)),
    min: none ? Number.NaN : min,
    max: none ? Number.NaN : max,
    range: none ? Number.NaN : max - min,
    first,
    last,
    sum: none ? Number.NaN : sum,
    count,
    slope: count < 2 ? Number.NaN : products / ageSquares,
  };
  return statistics.map((statistic) => of[statistic]);
}
