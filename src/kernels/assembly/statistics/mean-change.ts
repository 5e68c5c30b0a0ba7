/** The mean difference of consecutive readings. */
import { valueAt, Window } from "./window";

export function meanChange(window: Window): f64 {
  if (window.count < 2) return NaN;
  return (valueAt(window, window.count - 1) - valueAt(window, 0)) / <f64>(window.count - 1);
}
