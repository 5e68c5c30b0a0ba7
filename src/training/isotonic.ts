/** Isotonic regression: the monotone step function nearest to weighted data in squares. */
import { fixedPointScale, largestMagnitude } from "./exact.ts";
import type { WeightedRows } from "./rows.ts";

/** A step function: `value[i]` holds from `from[i]` (included) to `from[i + 1]`, the first value also below. */
export interface Steps {
  /** Strictly ascending. */
  from: readonly number[];
  value: readonly number[];
}

/**
 * Pool adjacent violators (Ayer et al. 1955) over the distinct values of x; equal neighbours are one step. Sums are exact, so the
 * result depends neither on the order of the rows nor on whether a row has weight 2 or stands there twice.
 * x holds no NaN; weights are those of `weightedRows`.
 */
export function isotonicSteps(
  x: Float32Array,
  y: Float64Array,
  { weight, totalWeight }: Pick<WeightedRows, "weight" | "totalWeight">,
  direction: "increasing" | "decreasing",
): Steps {
  const sign = direction === "increasing" ? 1 : -1;
  const scale = fixedPointScale(largestMagnitude(y), totalWeight, 52);
  const at = Float32Array.from(new Set(x)).sort();
  const position = new Map(Array.from(at, (value, i) => [value, i]));
  const sums = new Float64Array(at.length);
  const weights = new Float64Array(at.length);
  for (let i = 0; i < x.length; i++) {
    const p = position.get(x[i]) as number;
    sums[p] += Math.round(weight[i] * Math.round(y[i] * scale));
    weights[p] += weight[i];
  }
  const blocks: { from: number; sum: number; weight: number }[] = [];
  for (let p = 0; p < at.length; p++) {
    let block = { from: at[p], sum: sums[p], weight: weights[p] };
    for (
      let last = blocks.at(-1);
      last !== undefined && sign * (last.sum / last.weight) >= sign * (block.sum / block.weight);
      last = blocks.at(-1)
    ) {
      block = { from: last.from, sum: last.sum + block.sum, weight: last.weight + block.weight };
      blocks.pop();
    }
    blocks.push(block);
  }
  return {
    from: blocks.map((block) => block.from),
    // Adding 0 turns -0 into 0.
    value: blocks.map((block) => block.sum / block.weight / scale + 0),
  };
}

/** The value of the step on which x lies. */
export function stepAt({ from, value }: Steps, x: number): number {
  let low = 0;
  for (let high = from.length - 1; low < high; ) {
    const middle = (low + high + 1) >>> 1;
    if (from[middle] <= x) low = middle;
    else high = middle - 1;
  }
  return value[low];
}
