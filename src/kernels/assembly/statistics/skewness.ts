/** The adjusted Fisher-Pearson skewness G1. */
import { makeSpread } from "./shared";
import { Window } from "./window";

export function skewness(window: Window): f64 {
  if (window.count < 3) return NaN;
  makeSpread(window);
  const count = <f64>window.count;
  const scale = (count * sqrt<f64>(count - 1)) / (count - 2);
  return scale * (window.cubes / (window.squares * sqrt<f64>(window.squares)));
}
