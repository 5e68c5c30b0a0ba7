/** The largest size of a reading. */
import { largestSize } from "./shared";
import { Window } from "./window";

export function absoluteMaximum(window: Window): f64 {
  return largestSize(window);
}
