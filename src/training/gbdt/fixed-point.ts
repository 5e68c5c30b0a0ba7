/** Gradients and hessians as whole numbers, so that their sums are exact whatever the order or the number of threads. */
import { fixedPointScale, largestMagnitude } from "../exact.ts";
import type { WeightedRows } from "../rows.ts";

/** Bits of the largest derivative. */
const BITS = 30;

/**
 * Rounds each value times the scale to a whole number, then that times the row's weight: for whole weights exactly what as many
 * copies of the row add. The scale is 2^floor(30 - log2(largest |value|)); where all weights are below 1 it grows with them, and
 * beyond four million rows (by weight) it shrinks so that any sum stays below 2^52.
 * @returns the scale.
 */
export function toFixedPoint(
  values: Float64Array,
  rows: Pick<WeightedRows, "weight" | "totalWeight" | "largestWeight">,
  into: Float64Array,
): number {
  const { weight, totalWeight, largestWeight } = rows;
  const largest = largestMagnitude(values);
  const small = Math.min(1, largestWeight);
  const scale = fixedPointScale(largest * small, totalWeight / small, BITS);
  for (let i = 0; i < values.length; i++) into[i] = Math.round(weight[i] * Math.round(values[i] * scale));
  return scale;
}
