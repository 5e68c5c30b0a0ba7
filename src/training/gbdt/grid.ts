/** Rounds leaves and base scores to a grid on which float32 sums are exact. */
import { floorLog2, powerOfTwo } from "../exact.ts";

/** Bits of a float32's significand. */
const BITS = 24;

/** 2^-149 is the smallest positive float32. */
const SMALLEST_FLOAT32 = 149;

/**
 * Rounds one output's base and leaf values to multiples of 2^-k, with k the largest for which |base| + the sum over trees of the
 * largest |leaf| is below 2^(24 - k), before and after rounding.
 * @returns the rounded base and, one array a tree, the rounded values.
 */
export function roundToGrid(base: number, leaves: readonly Float64Array[]): { base: number; leaves: Float32Array[] } {
  const reach = reachOf(base, leaves);
  for (let exponent = reach > 0 ? floorLog2(reach) + 1 : 0; ; exponent++) {
    const k = Math.min(SMALLEST_FLOAT32, BITS - exponent);
    const step = powerOfTwo(-k);
    // Adding 0 turns -0 into 0.
    const round = (value: number): number => Math.round(value / step) * step + 0;
    const rounded = leaves.map((values) => Float32Array.from(values, round));
    if (reachOf(round(base), rounded) < powerOfTwo(exponent)) return { base: round(base), leaves: rounded };
  }
}

function reachOf(base: number, leaves: readonly (Float32Array | Float64Array)[]): number {
  let reach = Math.abs(base);
  for (const values of leaves) {
    let largest = 0;
    for (const value of values) largest = Math.max(largest, Math.abs(value));
    reach += largest;
  }
  return reach;
}
