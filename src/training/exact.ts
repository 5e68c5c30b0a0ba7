/** Powers of two taken from the bits of a number, and sums that come out the same in any order of their terms. */

const bits = new DataView(new ArrayBuffer(8));

/** The largest whole k with 2^k <= x, for a positive finite x. */
export function floorLog2(x: number): number {
  const subnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  return ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023 - (subnormal ? 54 : 0);
}

/** The smallest whole k with x <= 2^k, for a positive finite x. */
export function ceilLog2(x: number): number {
  const k = floorLog2(x);
  return powerOfTwo(k) === x ? k : k + 1;
}

/** 2^k exactly; k is held to -1022..1023. */
export function powerOfTwo(k: number): number {
  bits.setFloat64(0, 0);
  bits.setUint32(0, (Math.max(-1022, Math.min(1023, k)) + 1023) << 20);
  return bits.getFloat64(0);
}

/**
 * The power of two by which numbers up to `largest` may be multiplied and rounded to integers, so that integers of at most
 * `maxBits` bits come out and any sum of them, weighted by at most `totalWeight` in all, stays below 2^52.
 */
export function fixedPointScale(largest: number, totalWeight: number, maxBits: number): number {
  if (!(largest > 0)) return 1;
  return powerOfTwo(Math.min(maxBits - ceilLog2(largest), 51 - ceilLog2(largest) - ceilLog2(totalWeight)));
}

/**
 * The weighted sum of values in fixed point: equal to the bit in any order of the rows, and for a weight of w or w copies.
 * Weights are those of `weightedRows`, `totalWeight` their sum.
 */
export function exactWeightedSum(values: Float64Array, weight: Float64Array, totalWeight: number): number {
  const scale = fixedPointScale(largestMagnitude(values), totalWeight, 52);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.round(weight[i] * Math.round(values[i] * scale));
  return sum / scale;
}

/** The largest |value|; 0 for none. */
export function largestMagnitude(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}
