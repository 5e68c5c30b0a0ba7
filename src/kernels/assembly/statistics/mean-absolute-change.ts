/** The mean size of the differences of consecutive readings. */
import { makePath } from "./shared";
import { Window } from "./window";

export function meanAbsoluteChange(window: Window): f64 {
  if (window.count < 2) return NaN;
  makePath(window);
  return window.pathLength / <f64>(window.count - 1);
}
