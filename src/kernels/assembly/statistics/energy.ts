/** The sum of the squared readings. */
import { makeEnergy } from "./shared";
import { Window } from "./window";

export function energy(window: Window): f64 {
  if (window.count == 0) return NaN;
  makeEnergy(window);
  return window.energy;
}
