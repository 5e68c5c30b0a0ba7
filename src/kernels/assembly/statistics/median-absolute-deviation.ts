/** The median distance from the median. */
import { makeSorted, sortedAt } from "./sorted";
import { Window } from "./window";

export function medianAbsoluteDeviation(window: Window): f64 {
  const count = window.count;
  if (count == 0) return NaN;
  makeSorted(window);
  const low = (count - 1) >> 1;
  const median = 0.5 * sortedAt(window, low) + 0.5 * sortedAt(window, count >> 1);
  if (!isFinite<f64>(median)) return NaN;
  // Distances ascend from the middle to both sides.
  let left = low + 1;
  let right = left;
  let lower: f64 = 0;
  let upper: f64 = 0;
  for (let i: u32 = 0; i <= count >> 1; i++) {
    const below = left > 0 ? median - sortedAt(window, left - 1) : Infinity;
    const above = right < count ? sortedAt(window, right) - median : Infinity;
    const isLeft = right == count || (left > 0 && below <= above);
    upper = isLeft ? below : above;
    if (i == low) lower = upper;
    if (isLeft) left--;
    else right++;
  }
  return 0.5 * lower + 0.5 * upper;
}
