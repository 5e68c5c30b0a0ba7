/** How seldom readings that were alike twice running are alike once more. */
import { log } from "../transcendental";
import { populationSd } from "./shared";
import { valueAt, Window } from "./window";

/** Templates of two readings, a tolerance of 0.2 population sds; all pairs of readings are compared. */
export function sampleEntropy(window: Window): f64 {
  const count = window.count;
  if (count < 3) return NaN;
  const tolerance = 0.2 * populationSd(window);
  let two: f64 = 0;
  let three: f64 = 0;
  for (let i: u32 = 0; i + 1 < count; i++) {
    const first = valueAt(window, i);
    const second = valueAt(window, i + 1);
    const third = i + 2 < count ? valueAt(window, i + 2) : NaN;
    for (let j = i + 1; j + 1 < count; j++) {
      if (!(abs<f64>(first - valueAt(window, j)) <= tolerance)) continue;
      if (!(abs<f64>(second - valueAt(window, j + 1)) <= tolerance)) continue;
      two++;
      if (j + 2 < count && abs<f64>(third - valueAt(window, j + 2)) <= tolerance) three++;
    }
  }
  return three == 0 ? NaN : -log(three / two);
}
