/** The number of readings from a value on and below another. */
import { valueAt, Window } from "./window";

export function countBetween(window: Window, from: f64, to: f64): f64 {
  let between: u32 = 0;
  for (let i: u32 = 0; i < window.count; i++) between += <u32>(valueAt(window, i) >= from && valueAt(window, i) < to);
  return <f64>between;
}
