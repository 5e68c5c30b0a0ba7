/** The root mean square over the mean size. */
import { makeSize, meanSquareRoot } from "./shared";
import { Window } from "./window";

export function shapeFactor(window: Window): f64 {
  makeSize(window);
  return meanSquareRoot(window) / window.meanSize;
}
