/** The sample variance (n - 1), two-pass. */
import { makeSpread } from "./shared";
import { Window } from "./window";

export function variance(window: Window): f64 {
  if (window.count < 2) return NaN;
  makeSpread(window);
  return window.squares / <f64>(window.count - 1);
}
