/** Finds columns that say nearly the same as an earlier one. */
import { type Ranked, rankColumn } from "./ranked.ts";

/** More rows say little more of a correlation, and every pair of columns is held together. */
const MOST_ROWS = 4_096;

/**
 * Goes through the columns in the order given, the most important first, and tells for each the first kept column with which its
 * rank correlation (Spearman, ties at their mean rank, a missing value at the middle) is above the limit in size; -1 where it is
 * kept itself. Beyond 4,096 rows the ranks among all rows are correlated over 4,096 rows spread evenly.
 * @param limit 0..1; at 1 nothing is dropped
 */
export function pruneCorrelated(columns: readonly Float32Array[], limit: number): Int32Array {
  const doubles = new Int32Array(columns.length).fill(-1);
  if (limit >= 1) return doubles;
  const kept: { column: number; vector: Float64Array }[] = [];
  for (const [column, values] of columns.entries()) {
    const vector = rankVector(rankColumn(values), values.length);
    const double = kept.find((other) => Math.abs(dot(other.vector, vector)) > limit);
    if (double === undefined) kept.push({ column, vector });
    else doubles[column] = double.column;
  }
  return doubles;
}

/** Ranks less their mean at the picked rows, of length 1. */
function rankVector({ order, level }: Ranked, rows: number): Float64Array {
  const ranks = new Float64Array(rows);
  const middle = (order.length + 1) / 2;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && level[to] === level[from]) to++;
    const rank = (from + 1 + to) / 2 - middle;
    for (let i = from; i < to; i++) ranks[order[i]] = rank;
  }
  const picked = Math.min(rows, MOST_ROWS);
  const vector = Float64Array.from({ length: picked }, (_, i) => ranks[Math.floor((i * rows) / picked)]);
  const mean = vector.reduce((sum, rank) => sum + rank, 0) / picked;
  const centred = vector.map((rank) => rank - mean);
  const length = Math.sqrt(dot(centred, centred));
  return length === 0 ? centred : centred.map((rank) => rank / length);
}

/** Four sums side by side, which a processor adds at once. */
function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const even = a.length - (a.length % 4);
  for (let i = 0; i < even; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = even; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}
