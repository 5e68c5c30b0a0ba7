/** The largest size over the root mean square. */
import { largestSize, meanSquareRoot } from "./shared";
import { Window } from "./window";

export function crestFactor(window: Window): f64 {
  return largestSize(window) / meanSquareRoot(window);
}
