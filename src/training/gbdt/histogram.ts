/** Histograms: the sums of gradients, weights and hessians in every bin of every column, over the rows of one node. */
import type { BinnedColumns } from "./bins.ts";

/** What every row adds: whole numbers in fixed point (weights on their grid), so that sums are exact in any order. */
export interface RowSums {
  gradient: Float64Array;
  weight: Float64Array;
  /** Absent where the hessian is the weight. */
  hessian?: Float64Array;
}

/** Where the bins of each column lie in a histogram: one entry is gradient, weight and, unless that is the weight, hessian. */
export interface HistogramLayout {
  /** Numbers an entry, 2 or 3. */
  stride: number;
  /** Where column c begins; its bins follow in order, that of the missing last. One entry more than columns, for the end. */
  start: Int32Array;
}

export function histogramLayout(columns: BinnedColumns, unitHessian: boolean): HistogramLayout {
  const stride = unitHessian ? 2 : 3;
  const start = new Int32Array(columns.source.length + 1);
  columns.source.forEach((_, c) => {
    start[c + 1] = start[c] + (columns.bins[c] + columns.hasMissing[c]) * stride;
  });
  return { stride, start };
}

/** Rows of one node: `order[begin]` to `order[end]`, and what they add, in that order from 0. */
interface NodeRows {
  order: Int32Array;
  begin: number;
  end: number;
  sums: RowSums;
}

/** Columns worked on together, so that the sums of a row are read once for all of them and a histogram's part stays in the cache. */
export const COLUMNS_AT_ONCE = 4;

/** Fills the entries of columns `from` to `to` (at most `COLUMNS_AT_ONCE` of them) with the node's rows. */
export function fillHistogram(
  histogram: Float64Array,
  columns: BinnedColumns,
  { start }: HistogramLayout,
  from: number,
  to: number,
  node: NodeRows,
): void {
  histogram.fill(0, start[from], start[to]);
  if (to - from === COLUMNS_AT_ONCE) addFour(histogram, columns, start, from, node);
  else for (let column = from; column < to; column++) addOne(histogram, columns, start, column, node);
}

function addFour(
  histogram: Float64Array,
  { codes, rows }: BinnedColumns,
  start: Int32Array,
  first: number,
  { order, begin, end, sums: { gradient, weight, hessian } }: NodeRows,
): void {
  // `| 0` tells the compiler that these are int32, so that it need not watch for overflow.
  const column0 = (first * rows) | 0;
  const column1 = (column0 + rows) | 0;
  const column2 = (column1 + rows) | 0;
  const column3 = (column2 + rows) | 0;
  const start0 = start[first];
  const start1 = start[first + 1];
  const start2 = start[first + 2];
  const start3 = start[first + 3];
  if (hessian === undefined) {
    for (let i = begin; i < end; i++) {
      const row = order[i];
      const at = (i - begin) | 0;
      const g = gradient[at];
      const w = weight[at];
      const entry0 = (start0 + codes[(column0 + row) | 0] * 2) | 0;
      const entry1 = (start1 + codes[(column1 + row) | 0] * 2) | 0;
      const entry2 = (start2 + codes[(column2 + row) | 0] * 2) | 0;
      const entry3 = (start3 + codes[(column3 + row) | 0] * 2) | 0;
      histogram[entry0] += g;
      histogram[(entry0 + 1) | 0] += w;
      histogram[entry1] += g;
      histogram[(entry1 + 1) | 0] += w;
      histogram[entry2] += g;
      histogram[(entry2 + 1) | 0] += w;
      histogram[entry3] += g;
      histogram[(entry3 + 1) | 0] += w;
    }
    return;
  }
  for (let i = begin; i < end; i++) {
    const row = order[i];
    const at = (i - begin) | 0;
    const g = gradient[at];
    const w = weight[at];
    const h = hessian[at];
    const entry0 = (start0 + codes[(column0 + row) | 0] * 3) | 0;
    const entry1 = (start1 + codes[(column1 + row) | 0] * 3) | 0;
    const entry2 = (start2 + codes[(column2 + row) | 0] * 3) | 0;
    const entry3 = (start3 + codes[(column3 + row) | 0] * 3) | 0;
    histogram[entry0] += g;
    histogram[(entry0 + 1) | 0] += w;
    histogram[(entry0 + 2) | 0] += h;
    histogram[entry1] += g;
    histogram[(entry1 + 1) | 0] += w;
    histogram[(entry1 + 2) | 0] += h;
    histogram[entry2] += g;
    histogram[(entry2 + 1) | 0] += w;
    histogram[(entry2 + 2) | 0] += h;
    histogram[entry3] += g;
    histogram[(entry3 + 1) | 0] += w;
    histogram[(entry3 + 2) | 0] += h;
  }
}

function addOne(
  histogram: Float64Array,
  { codes, rows }: BinnedColumns,
  start: Int32Array,
  column: number,
  { order, begin, end, sums: { gradient, weight, hessian } }: NodeRows,
): void {
  const stride = hessian === undefined ? 2 : 3;
  for (let i = begin; i < end; i++) {
    const entry = start[column] + codes[column * rows + order[i]] * stride;
    histogram[entry] += gradient[i - begin];
    histogram[entry + 1] += weight[i - begin];
    if (hessian !== undefined) histogram[entry + 2] += hessian[i - begin];
  }
}

/** Turns a parent's entries from `from` to `to` into those of the child whose sibling is given. */
export function subtractHistogram(parent: Float64Array, sibling: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) parent[i] -= sibling[i];
}
