/** The mean of the largest sizes. */
import { makeSorted, sortedAt } from "./sorted";
import { Window } from "./window";

export function meanOfLargest(window: Window, wanted: u32): f64 {
  if (window.count < wanted) return NaN;
  makeSorted(window);
  let left: u32 = 0;
  let right = window.count;
  let sum: f64 = 0;
  for (let i: u32 = 0; i < wanted; i++) {
    const low = abs<f64>(sortedAt(window, left));
    const high = abs<f64>(sortedAt(window, right - 1));
    if (low > high) left++;
    else right--;
    sum += low > high ? low : high;
  }
  return sum / <f64>wanted;
}
