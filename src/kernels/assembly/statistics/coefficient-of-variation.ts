/** The population sd over the mean. */
import { populationSd } from "./shared";
import { Window } from "./window";

export function coefficientOfVariation(window: Window): f64 {
  return window.mean == 0 ? NaN : populationSd(window) / window.mean;
}
