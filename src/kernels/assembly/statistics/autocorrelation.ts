/** The autocorrelation at a lag of readings. */
import { makeSpread } from "./shared";
import { valueAt, Window } from "./window";

export function autocorrelation(window: Window, lag: u32): f64 {
  if (window.count <= lag) return NaN;
  makeSpread(window);
  const pairs = window.count - lag;
  let sum: f64 = 0;
  for (let i: u32 = 0; i < pairs; i++) sum += (valueAt(window, i) - window.mean) * (valueAt(window, i + lag) - window.mean);
  return sum / (<f64>pairs * (window.squares / <f64>window.count));
}
