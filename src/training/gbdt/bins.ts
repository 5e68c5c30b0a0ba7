/** Columns cut into at most 255 bins at exact weighted quantiles, with one more bin for missing values. */
import { ForewarnError } from "../../core/errors.ts";
import { LARGEST_FLOAT32 } from "../float32.ts";
import type { WeightedRows } from "../rows.ts";

/** Codes are addressed by int32. */
const MOST_CODES = 2 ** 31;

/** The columns of a matrix that vary, as bin codes. */
export interface BinnedColumns {
  rows: number;
  /** The columns kept, as indices into the matrix, ascending. */
  source: number[];
  /** Codes of column c are at `c * rows` to `(c + 1) * rows`: 0 to `bins[c] - 1` by value, `bins[c]` for missing. */
  codes: Uint8Array;
  /** How many bins of values each column has. */
  bins: Int32Array;
  /** `thresholds[c][b]`: a value is in bin b or a lower one exactly if it is <= this float32. The last one admits every value. */
  thresholds: Float32Array[];
  /** 1 where a row of the column is missing. */
  hasMissing: Uint8Array;
  /** Of `bins[c]` bins, how many may end the left side: the last one only where it parts the values from the missing. */
  cuts: Int32Array;
}

/**
 * Constant columns (one value and nothing missing, or all missing) are left out. A column of no more than `maxBins` values has
 * one bin a value; else each bin is closed at the first value with which it holds its share of the weight left over.
 * Cuts are the float32 midpoints between neighbouring bins.
 * @throws DATA_TOO_LARGE for 2^31 values or more.
 */
export function binColumns(
  { matrix, weight }: Pick<WeightedRows, "matrix" | "weight">,
  maxBins: number,
): BinnedColumns {
  const alike = weight.every((value) => value === weight[0]);
  const kept: { source: number; upper: Float32Array; missing: boolean; cuts: number }[] = [];
  for (let source = 0; source < matrix.columns.length; source++) {
    const column = matrix.columns[source];
    const { distinct, counts } = distinctValues(column);
    const missing = column.some((value) => Number.isNaN(value));
    if (distinct.length < (missing ? 1 : 2)) continue;
    const weights = alike ? counts : weightsOf(distinct, column, weight);
    const upper = upperBounds(distinct, closings(weights, maxBins));
    // "<= the largest float32" does not admit infinity, so there the values cannot be parted from the missing.
    const parted = missing && distinct[distinct.length - 1] <= LARGEST_FLOAT32;
    kept.push({ source, upper, missing, cuts: parted ? upper.length : upper.length - 1 });
  }
  if (kept.length * matrix.rows >= MOST_CODES) {
    throw new ForewarnError("DATA_TOO_LARGE", {
      problem: "the training set is too large for one fit",
      expected: `fewer than ${MOST_CODES} values`,
      found: `${matrix.rows} rows of ${kept.length} columns that vary`,
      hint: "train on fewer rows or features",
    });
  }
  const codes = new Uint8Array(kept.length * matrix.rows);
  kept.forEach(({ source, upper }, c) => {
    encode(matrix.columns[source], upper, codes.subarray(c * matrix.rows, (c + 1) * matrix.rows));
  });
  return {
    rows: matrix.rows,
    source: kept.map((column) => column.source),
    codes,
    bins: Int32Array.from(kept, (column) => column.upper.length),
    thresholds: kept.map((column) => column.upper),
    hasMissing: Uint8Array.from(kept, (column) => (column.missing ? 1 : 0)),
    cuts: Int32Array.from(kept, (column) => column.cuts),
  };
}

/** The different values of a column, ascending, and how many rows have each. NaN is left out, -Infinity is the lowest finite float32. */
function distinctValues(column: Float32Array): { distinct: Float32Array; counts: Float64Array } {
  // Adding 0 turns -0 into 0.
  const sorted = column.map((value) => Math.max(value, -LARGEST_FLOAT32) + 0).sort();
  const counts = new Float64Array(sorted.length);
  let length = 0;
  for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]); i++) {
    if (length === 0 || sorted[i] !== sorted[length - 1]) sorted[length++] = sorted[i];
    counts[length - 1]++;
  }
  return { distinct: sorted.slice(0, length), counts: counts.subarray(0, length) };
}

function weightsOf(distinct: Float32Array, column: Float32Array, weight: Float64Array): Float64Array {
  const weights = new Float64Array(distinct.length);
  for (let i = 0; i < column.length; i++) {
    if (!Number.isNaN(column[i])) weights[firstNotBelow(distinct, column[i])] += weight[i];
  }
  return weights;
}

/** The indices of the distinct values that close a bin, all but the last bin's. */
function closings(weights: Float64Array, maxBins: number): number[] {
  const last = weights.length - 1;
  if (last < maxBins) return Array.from({ length: last }, (_, value) => value);
  const closed: number[] = [];
  let left = 0;
  for (const weight of weights) left += weight;
  let held = 0;
  for (let value = 0; value < last && closed.length < maxBins - 1; value++) {
    held += weights[value];
    if (held * (maxBins - closed.length) >= left) {
      closed.push(value);
      left -= held;
      held = 0;
    }
  }
  return closed;
}

/** The largest value each bin admits: the midpoint to the next bin's lowest value. */
function upperBounds(distinct: Float32Array, closed: readonly number[]): Float32Array {
  return Float32Array.from([...closed.map((v) => midpoint(distinct[v], distinct[v + 1])), LARGEST_FLOAT32]);
}

/** A float32 with low <= midpoint < high. */
function midpoint(low: number, high: number): number {
  const middle = Math.fround((low + Math.min(high, LARGEST_FLOAT32)) / 2);
  return middle < high ? middle : low;
}

function encode(column: Float32Array, upper: Float32Array, codes: Uint8Array): void {
  const last = upper.length - 1;
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    codes[i] = Number.isNaN(value) ? upper.length : Math.min(last, firstNotBelow(upper, value));
  }
}

/** The index of the first entry that is >= value; the length where there is none. */
function firstNotBelow(sorted: Float32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
