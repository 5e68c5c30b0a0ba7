/** The sum of the sizes of the differences of consecutive readings. */
import { makePath } from "./shared";
import { Window } from "./window";

export function absoluteSumOfChanges(window: Window): f64 {
  if (window.count < 2) return NaN;
  makePath(window);
  return window.pathLength;
}
