/** Whether the population variance is larger than the population sd: 1 or 0. */
import { populationVariance } from "./shared";
import { Window } from "./window";

export function varianceLargerThanSd(window: Window): f64 {
  if (window.count == 0) return NaN;
  const variance = populationVariance(window);
  return variance > sqrt<f64>(variance) ? 1 : 0;
}
