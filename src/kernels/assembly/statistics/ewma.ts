/** The mean with weights that halve with each half life before the newest reading. */
import { exp } from "../transcendental";
import { timeAt, valueAt, Window } from "./window";

const LN2: f64 = 0.6931471805599453;

export function ewma(window: Window, halfLife: f64): f64 {
  if (window.count == 0) return NaN;
  if (window.least == window.most) return window.least;
  const newest = timeAt(window, window.count - 1);
  const rate = LN2 / halfLife;
  let sum: f64 = 0;
  let total: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    const weight = exp((timeAt(window, i) - newest) * rate);
    sum += weight * valueAt(window, i);
    total += weight;
  }
  return sum / total;
}
