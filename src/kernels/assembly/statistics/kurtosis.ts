/** The adjusted excess kurtosis G2. */
import { makeSpread } from "./shared";
import { Window } from "./window";

export function kurtosis(window: Window): f64 {
  if (window.count < 4) return NaN;
  makeSpread(window);
  const count = <f64>window.count;
  const rest = (count - 2) * (count - 3);
  const ratio = window.fourths / (window.squares * window.squares);
  return ((count * (count + 1) * (count - 1)) / rest) * ratio - (3 * (count - 1) * (count - 1)) / rest;
}
