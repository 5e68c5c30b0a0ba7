/** The plain twins of the kernels over two sensors: for each reading of the one the other's is looked for among all. */
import type { Reading } from "./statistics.ts";

export interface Pair {
  left: number;
  right: number;
}

/** Each reading of `left` with the newest of `right` at or before it that is less than `hold` older. */
export function pairsOf(left: readonly Reading[], right: readonly Reading[], hold: number): Pair[] {
  return left.flatMap(({ time, value }) => {
    const other = right.findLast((reading) => reading.time <= time);
    return other !== undefined && time - other.time < hold ? [{ left: value, right: other.value }] : [];
  });
}

/** Correlation, covariance and the slope of left over right. */
export function together(pairs: readonly Pair[]): { correlation: number; covariance: number; slope: number } {
  if (pairs.length < 2) return { correlation: Number.NaN, covariance: Number.NaN, slope: Number.NaN };
  const lefts = deviations(pairs.map(({ left }) => left));
  const rights = deviations(pairs.map(({ right }) => right));
  const products = sum(lefts.map((deviation, i) => deviation * rights[i]));
  const leftSquares = sum(lefts.map((deviation) => deviation * deviation));
  const rightSquares = sum(rights.map((deviation) => deviation * deviation));
  const ratio = products / (Math.sqrt(leftSquares) * Math.sqrt(rightSquares));
  return {
    correlation: leftSquares > 0 && rightSquares > 0 ? Math.max(-1, Math.min(1, ratio)) : Number.NaN,
    covariance: products / (pairs.length - 1),
    slope: rightSquares > 0 ? products / rightSquares : Number.NaN,
  };
}

/** Statistics of what is made of each pair; what is NaN does not count. */
export function ofValues(all: readonly number[]): Record<"mean" | "sd" | "min" | "max" | "last" | "count", number> {
  const values = all.filter((value) => !Number.isNaN(value));
  const squares = deviations(values).map((deviation) => deviation * deviation);
  const some = (value: number) => (values.length > 0 ? value : Number.NaN);
  return {
    mean: some(mean(values)),
    sd: values.length > 1 ? Math.sqrt(sum(squares) / (values.length - 1)) : Number.NaN,
    min: some(Math.min(...values)),
    max: some(Math.max(...values)),
    last: some(values.at(-1) ?? Number.NaN),
    count: values.length,
  };
}

/** A side that never changes has exactly its value as mean. */
function mean(values: readonly number[]): number {
  const least = Math.min(...values);
  return least === Math.max(...values) ? least : sum(values) / values.length;
}

function deviations(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
