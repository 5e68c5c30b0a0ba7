/** The known values of a column in ascending order, each column sorted once. */

export interface Ranked {
  /** The rows whose value is known, by ascending value, then row. */
  order: Uint32Array;
  /** Which of the distinct values each entry of `order` has, counted from 0. */
  level: Uint32Array;
  /** The number of distinct values. */
  levels: number;
}

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const SIGN = 0x80000000;

/** Sorts a float32 column by radix; missing values (NaN) are left out, and -0 is 0. Plain loops, since it is done for every column. */
export function rankColumn(values: Float32Array): Ranked {
  const keys = new Uint32Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let order = new Uint32Array(values.length);
  let known = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (Number.isNaN(value)) continue;
    keys[row] = value === 0 ? SIGN : bits[row] >= SIGN ? ~bits[row] : bits[row] | SIGN;
    order[known++] = row;
  }
  order = order.subarray(0, known);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) order = sortByDigit(order, keys, shift);
  return withLevels(order, keys);
}

/** Sorts any numbers; missing values are left out. */
export function rankNumbers(values: Float64Array): Ranked {
  const rows = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  rows.sort((a, b) => values[a] - values[b] || a - b);
  return withLevels(rows, values);
}

/** The rows for which `keep` is 1. */
export function keepRanked({ order, level, levels }: Ranked, keep: Uint8Array): Ranked {
  if (order.every((row) => keep[row] === 1)) return { order, level, levels };
  const kept = new Uint32Array(order.length);
  const keptLevel = new Uint32Array(order.length);
  let rows = 0;
  let different = 0;
  for (let i = 0, last = -1; i < order.length; i++) {
    if (keep[order[i]] === 0) continue;
    if (level[i] !== last) different++;
    last = level[i];
    kept[rows] = order[i];
    keptLevel[rows++] = different - 1;
  }
  return { order: kept.subarray(0, rows), level: keptLevel.subarray(0, rows), levels: different };
}

/** Sorts by 11 bits of the keys; what is equal in them stays in order. */
function sortByDigit(order: Uint32Array, keys: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(DIGITS + 1);
  for (let i = 0; i < order.length; i++) starts[((keys[order[i]] >>> shift) & (DIGITS - 1)) + 1]++;
  for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1] += starts[digit];
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[starts[(keys[order[i]] >>> shift) & (DIGITS - 1)]++] = order[i];
  return sorted;
}

function withLevels(order: Uint32Array, values: Uint32Array | Float64Array): Ranked {
  const level = new Uint32Array(order.length);
  let last = 0;
  for (let i = 1; i < order.length; i++) {
    if (values[order[i - 1]] !== values[order[i]]) last++;
    level[i] = last;
  }
  return { order, level, levels: order.length === 0 ? 0 : last + 1 };
}
