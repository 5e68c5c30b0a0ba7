/** Statistics of the readings as they are held: each from its own time to the next reading or the cutoff. */
import { timeAt, valueAt, Window } from "./window";

/** How long a reading holds. */
// @ts-ignore: decorator
@inline
function heldAt(window: Window, index: u32): f64 {
  const end = index + 1 < window.count ? timeAt(window, index + 1) : 0;
  return end - timeAt(window, index);
}

export function timeWeightedMean(window: Window): f64 {
  if (window.count == 0) return NaN;
  if (window.least == window.most) return window.least;
  let sum: f64 = 0;
  let total: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) {
    const held = heldAt(window, i);
    sum += valueAt(window, i) * held;
    total += held;
  }
  return sum / total;
}

export function integral(window: Window): f64 {
  if (window.count == 0) return NaN;
  let sum: f64 = 0;
  for (let i: u32 = 0; i < window.count; i++) sum += valueAt(window, i) * heldAt(window, i);
  return sum / window.unit;
}
