/** How many float32 numbers lie between two: 0 for equal ones (and for 0 and -0), Infinity if only one is NaN. */
export function ulpDistance(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Number.POSITIVE_INFINITY;
  pair[0] = a;
  pair[1] = b;
  return Math.abs(rank(bits[0]) - rank(bits[1]));
}

const pair = new Float32Array(2);
const bits = new Int32Array(pair.buffer);

/** Float32 bits as integers in the order of the numbers. */
function rank(value: number): number {
  return value < 0 ? -(value & 0x7fffffff) : value;
}
