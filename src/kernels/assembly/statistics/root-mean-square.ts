/** The root of the mean of the squared readings. */
import { meanSquareRoot } from "./shared";
import { Window } from "./window";

export function rootMeanSquare(window: Window): f64 {
  return window.count == 0 ? NaN : meanSquareRoot(window);
}
