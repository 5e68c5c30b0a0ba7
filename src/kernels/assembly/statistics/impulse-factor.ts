/** The largest size over the mean size. */
import { largestSize, makeSize } from "./shared";
import { Window } from "./window";

export function impulseFactor(window: Window): f64 {
  makeSize(window);
  return largestSize(window) / window.meanSize;
}
