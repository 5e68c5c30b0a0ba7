/** Mean absolute error. */

/** In the unit of the target; null without rows. */
export function mae(target: Float64Array, predicted: Float32Array): number | null {
  if (target.length === 0) return null;
  let sum = 0;
  for (let row = 0; row < target.length; row++) sum += Math.abs(predicted[row] - target[row]);
  return sum / target.length;
}
