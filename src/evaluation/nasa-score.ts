/** The asymmetric score of the PHM 2008 challenge: predicting too long a life costs more than too short a one. */
import { exp } from "../core/math.ts";

/**
 * The sum over rows of exp(-d / 13) - 1 for d < 0 and exp(d / 10) - 1 otherwise, with d = predicted - true life in cycles
 * (A. Saxena et al., "Damage propagation modeling for aircraft engine run-to-failure simulation", 2008).
 * @returns 0 or more, lower is better; null without rows, or where the sum is beyond a float64
 */
export function nasaScore(target: Float64Array, predicted: Float32Array): number | null {
  if (target.length === 0) return null;
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const difference = predicted[row] - target[row];
    sum += exp(difference < 0 ? -difference / 13 : difference / 10) - 1;
  }
  return Number.isFinite(sum) ? sum : null;
}
