/** The length of the path of the readings, step by step. */
import { makePath, populationSd } from "./shared";
import { Window } from "./window";

export function complexity(window: Window): f64 {
  if (window.count < 2) return NaN;
  makePath(window);
  return sqrt<f64>(window.pathSquares);
}

/** In population sds; 0 where all readings are equal. */
export function normalizedComplexity(window: Window): f64 {
  if (window.count < 2) return NaN;
  const sd = populationSd(window);
  return sd == 0 ? 0 : complexity(window) / sd;
}
