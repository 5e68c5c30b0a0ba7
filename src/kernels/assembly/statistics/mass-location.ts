/** By which reading a share of the summed sizes is reached. */
import { valueAt, Window } from "./window";

export function massLocation(window: Window, share: f64): f64 {
  let total: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) total += abs<f64>(valueAt(window, i));
  let sum: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    sum += abs<f64>(valueAt(window, i));
    if (sum / total >= share) return <f64>(i + 1) / <f64>window.count;
  }
  return NaN;
}
