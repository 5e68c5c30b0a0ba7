/** Root mean squared error. */

/** In the unit of the target; null without rows. */
export function rmse(target: Float64Array, predicted: Float32Array): number | null {
  if (target.length === 0) return null;
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const miss = predicted[row] - target[row];
    sum += miss * miss;
  }
  return Math.sqrt(sum / target.length);
}
