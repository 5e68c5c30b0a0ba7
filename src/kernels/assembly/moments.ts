/**
 * The moments of a window, or of a group of its readings, for a pair of sensors at a time.
 *
 * They are defined over groups of readings: those with the same floor(time / L), where L = ceil(window / 32) in the fleet's unit of time.
 * A group has the number n of its readings, their sum in the order of time, mean = sum / n (exactly the value where all are equal) and
 * squares, the sum of (value - mean)² in that order. The window's sum is the sum of its groups' sums in their order, its mean is sum / n
 * (exactly the value where all are equal), its squares are the sum of squares_g + n_g (mean_g - mean)². Groups are cut at absolute
 * instants, so that no value depends on where a computation begins, and a group that lies in a window as a whole is the same in every
 * window. Where each group has one reading this is to the bit the two-pass formula over readings, which `twoRows` and `masked` compute.
 */
import { f64At, u32At } from "./memory";
import { isNumber, pairAt } from "./lanes";

// A pair's moments are six vectors; what is said of one pair lies at `moments`, of the next at `moments + MOMENTS`.
export const MOMENTS: usize = 96;
export const COUNT: usize = 0;
export const SUM: usize = 16;
export const MEAN: usize = 32;
export const SQUARES: usize = 48;
export const LEAST: usize = 64;
export const MOST: usize = 80;

/** The most groups a window can touch: 32 of them cover its length, and it may begin inside one. */
export const MOST_GROUPS: usize = 34;

/** NaN without readings. */
// @ts-ignore: decorator
@inline
export function meanOf(sum: v128, count: v128, least: v128, most: v128): v128 {
  // Readings that never change have exactly their value as mean: the rounding of a sum would leave a spread that is not there.
  return v128.bitselect(least, f64x2.div(sum, count), f64x2.eq(least, most));
}

/** Rows as one group, or each in one of its own: those that are numbers and were known at the instant. `lanes` is that of the pair. */
export function masked(
  lanes: usize, stride: usize, begin: u32, end: u32, knownAt: usize, instant: f64, moments: usize,
): void {
  let count = f64x2.splat(0);
  let sum = f64x2.splat(0);
  let least = f64x2.splat(Infinity);
  let most = f64x2.splat(-Infinity);
  for (let row = begin; row < end; row++) {
    if (knownAt != 0 && !(f64At(knownAt, row) <= instant)) continue;
    const value = pairAt(lanes, stride, row);
    const there = isNumber(value);
    count = f64x2.add(count, v128.and(there, f64x2.splat(1)));
    sum = f64x2.add(sum, v128.and(there, value));
    // What is no number is neither below nor above.
    least = f64x2.pmin(least, value);
    most = f64x2.pmax(most, value);
  }
  const mean = meanOf(sum, count, least, most);
  let squares = f64x2.splat(0);
  for (let row = begin; row < end; row++) {
    if (knownAt != 0 && !(f64At(knownAt, row) <= instant)) continue;
    const value = pairAt(lanes, stride, row);
    const deviation = f64x2.sub(value, mean);
    squares = f64x2.add(squares, v128.and(isNumber(value), f64x2.mul(deviation, deviation)));
  }
  v128.store(moments, count, COUNT);
  v128.store(moments, sum, SUM);
  v128.store(moments, mean, MEAN);
  v128.store(moments, squares, SQUARES);
  v128.store(moments, least, LEAST);
  v128.store(moments, most, MOST);
}

/** The moments of a window from those of its groups, which lie where the list of `groups` addresses says. `offset` is that of the pair. */
export function assembled(list: usize, groups: u32, offset: usize, moments: usize): void {
  let count = f64x2.splat(0);
  let sum = f64x2.splat(0);
  let least = f64x2.splat(Infinity);
  let most = f64x2.splat(-Infinity);
  for (let i: u32 = 0; i < groups; i++) {
    const group = <usize>u32At(list, i) + offset;
    count = f64x2.add(count, v128.load(group, COUNT));
    sum = f64x2.add(sum, v128.load(group, SUM));
    least = f64x2.pmin(least, v128.load(group, LEAST));
    most = f64x2.pmax(most, v128.load(group, MOST));
  }
  const mean = meanOf(sum, count, least, most);
  let squares = f64x2.splat(0);
  for (let i: u32 = 0; i < groups; i++) {
    const group = <usize>u32At(list, i) + offset;
    const readings = v128.load(group, COUNT);
    const deviation = f64x2.sub(v128.load(group, MEAN), mean);
    const between = f64x2.mul(readings, f64x2.mul(deviation, deviation));
    const all = f64x2.add(v128.load(group, SQUARES), between);
    squares = f64x2.add(squares, v128.and(f64x2.gt(readings, f64x2.splat(0)), all));
  }
  v128.store(moments, count, COUNT);
  v128.store(moments, sum, SUM);
  v128.store(moments, mean, MEAN);
  v128.store(moments, squares, SQUARES);
  v128.store(moments, least, LEAST);
  v128.store(moments, most, MOST);
}
