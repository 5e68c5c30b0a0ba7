/** The slope of the least-squares line through a window's readings, for a pair of sensors: over readings one by one, not over groups. */
import { f64At } from "./memory";
import { isNumber, pairAt } from "./lanes";
import { COUNT, MEAN } from "./moments";

/** Per `unit` of time, over the deviations from the mean of the window's `moments` and from the mean age, row by row; NaN below two readings. */
export function slopeOf(
  lanes: usize, stride: usize, begin: u32, end: u32, time: usize, knownAt: usize, instant: f64, unit: f64,
  moments: usize, out: usize,
): void {
  const count = v128.load(moments, COUNT);
  const mean = v128.load(moments, MEAN);
  let ages = f64x2.splat(0);
  for (let row = begin; row < end; row++) {
    if (knownAt != 0 && !(f64At(knownAt, row) <= instant)) continue;
    const age = f64x2.splat((f64At(time, row) - instant) / unit);
    ages = f64x2.add(ages, v128.and(isNumber(pairAt(lanes, stride, row)), age));
  }
  const centre = f64x2.div(ages, count);
  let products = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let row = begin; row < end; row++) {
    if (knownAt != 0 && !(f64At(knownAt, row) <= instant)) continue;
    const value = pairAt(lanes, stride, row);
    const there = isNumber(value);
    const age = f64x2.sub(f64x2.splat((f64At(time, row) - instant) / unit), centre);
    products = f64x2.add(products, v128.and(there, f64x2.mul(age, f64x2.sub(value, mean))));
    squares = f64x2.add(squares, v128.and(there, f64x2.mul(age, age)));
  }
  v128.store(out, v128.bitselect(f64x2.div(products, squares), f64x2.splat(NaN), f64x2.gt(count, f64x2.splat(1))));
}
