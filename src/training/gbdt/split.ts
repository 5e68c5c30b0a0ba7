/** The best split of a node, from its histogram: every column, every cut, the missing on either side. */
import type { BinnedColumns } from "./bins.ts";
import type { HistogramLayout } from "./histogram.ts";

/** Sums over the rows of a node, in the same fixed point as its histogram. */
export interface NodeSums {
  gradient: number;
  hessian: number;
  weight: number;
}

/** Limits in the fixed point of the tree at hand. */
export interface SplitLimits {
  minRows: number;
  /** Above 0. */
  minHessian: number;
  l2: number;
  minGain: number;
}

export interface Split {
  /** Index into the binned columns. */
  column: number;
  /** The last bin that goes left. */
  cut: number;
  missingLeft: boolean;
  /** In fixed point. */
  gain: number;
  left: NodeSums;
}

/**
 * The best split seen so far. With d = GL (HR + l2) - GR (HL + l2), a split's gain is d^2 / ((HL + l2)(HR + l2)(H + 2 l2)) less a
 * constant of the node: that form of GL^2 / (HL + l2) + GR^2 / (HR + l2) - G^2 / (H + l2) is exactly 0 for sides that are alike.
 * Splits are compared by d^2 over the first two factors, crosswise and so without a division.
 */
interface SplitSearch {
  square: number;
  product: number;
  /** -1 while no split keeps the limits. */
  column: number;
  cut: number;
  missingLeft: boolean;
  left: NodeSums;
}

export function startSearch(): SplitSearch {
  const left = { gradient: 0, hessian: 0, weight: 0 };
  return { square: 0, product: 1, column: -1, cut: 0, missingLeft: false, left };
}

/**
 * Goes on searching in the columns `from` to `to`. Equal gains: the lowest column, then the lowest cut, then the missing to the
 * left. With nothing missing in the node a cut is one split, and what is missing later follows the larger weight (ties: left).
 */
export function searchColumns(
  search: SplitSearch,
  histogram: Float64Array,
  columns: BinnedColumns,
  layout: HistogramLayout,
  from: number,
  to: number,
  node: NodeSums,
  limits: SplitLimits,
): void {
  const { stride, start } = layout;
  for (let column = from; column < to; column++) {
    const bins = columns.bins[column];
    const missingAt = start[column] + bins * stride;
    if (columns.hasMissing[column] === 1 && histogram[missingAt + 1] > 0) {
      const missing = {
        gradient: histogram[missingAt],
        weight: histogram[missingAt + 1],
        hessian: histogram[missingAt + stride - 1],
      };
      searchWithMissing(search, histogram, start[column], stride, column, columns.cuts[column], missing, node, limits);
    } else {
      searchComplete(search, histogram, start[column], stride, column, bins - 1, node, limits);
    }
  }
}

/** The best split, or undefined where none keeps the limits and gains enough. */
export function endSearch(
  { square, product, column, cut, missingLeft, left }: SplitSearch,
  { gradient, hessian }: NodeSums,
  { l2, minGain }: SplitLimits,
): Split | undefined {
  if (column < 0) return undefined;
  const shrunk = (gradient * gradient * l2) / ((hessian + l2) * (hessian + 2 * l2));
  const gain = square / product / (hessian + 2 * l2) - shrunk;
  return gain > minGain ? { column, cut, missingLeft, gain, left: { ...left } } : undefined;
}

/** The hot loop. An empty bin parts the rows as the cut before it does and so never wins; to look for it would cost more. */
function searchComplete(
  search: SplitSearch,
  histogram: Float64Array,
  start: number,
  stride: number,
  column: number,
  cuts: number,
  { gradient, hessian, weight }: NodeSums,
  { minRows, minHessian, l2 }: SplitLimits,
): void {
  const hessianAt = stride - 1;
  let { square, product } = search;
  let leftGradient = 0;
  let leftHessian = 0;
  let leftWeight = 0;
  for (let cut = 0, entry = start; cut < cuts; cut++, entry += stride) {
    leftGradient += histogram[entry];
    leftWeight += histogram[entry + 1];
    leftHessian += histogram[entry + hessianAt];
    if (leftWeight < minRows || leftHessian < minHessian) continue;
    const rightHessian = hessian - leftHessian;
    if (weight - leftWeight < minRows || rightHessian < minHessian) break;
    const d = leftGradient * (rightHessian + l2) - (gradient - leftGradient) * (leftHessian + l2);
    const sides = (leftHessian + l2) * (rightHessian + l2);
    if (d * d * product > square * sides) {
      square = d * d;
      product = sides;
      const missingLeft = 2 * leftWeight >= weight;
      keep(search, square, product, column, cut, missingLeft, leftGradient, leftHessian, leftWeight);
    }
  }
}

function searchWithMissing(
  search: SplitSearch,
  histogram: Float64Array,
  start: number,
  stride: number,
  column: number,
  cuts: number,
  missing: NodeSums,
  node: NodeSums,
  limits: SplitLimits,
): void {
  let gradient = 0;
  let hessian = 0;
  let weight = 0;
  for (let cut = 0, entry = start; cut < cuts; cut++, entry += stride) {
    gradient += histogram[entry];
    weight += histogram[entry + 1];
    hessian += histogram[entry + stride - 1];
    if (node.weight - weight < limits.minRows || node.hessian - hessian < limits.minHessian) break;
    const withGradient = gradient + missing.gradient;
    const withHessian = hessian + missing.hessian;
    consider(search, column, cut, true, withGradient, withHessian, weight + missing.weight, node, limits);
    consider(search, column, cut, false, gradient, hessian, weight, node, limits);
  }
}

function consider(
  search: SplitSearch,
  column: number,
  cut: number,
  missingLeft: boolean,
  leftGradient: number,
  leftHessian: number,
  leftWeight: number,
  { gradient, hessian, weight }: NodeSums,
  { minRows, minHessian, l2 }: SplitLimits,
): void {
  const rightHessian = hessian - leftHessian;
  if (leftWeight < minRows || leftHessian < minHessian) return;
  if (weight - leftWeight < minRows || rightHessian < minHessian) return;
  const d = leftGradient * (rightHessian + l2) - (gradient - leftGradient) * (leftHessian + l2);
  const sides = (leftHessian + l2) * (rightHessian + l2);
  if (d * d * search.product > search.square * sides) {
    keep(search, d * d, sides, column, cut, missingLeft, leftGradient, leftHessian, leftWeight);
  }
}

function keep(
  search: SplitSearch,
  square: number,
  product: number,
  column: number,
  cut: number,
  missingLeft: boolean,
  gradient: number,
  hessian: number,
  weight: number,
): void {
  search.square = square;
  search.product = product;
  search.column = column;
  search.cut = cut;
  search.missingLeft = missingLeft;
  search.left.gradient = gradient;
  search.left.hessian = hessian;
  search.left.weight = weight;
}
