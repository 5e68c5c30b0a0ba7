/** Log loss: the mean negative logarithm of the probability given to what came true. */
import { log } from "../core/math.ts";

/** The spacing of float32 numbers at 1: what scikit-learn clips float32 probabilities with. */
const EPSILON = 2 ** -23;

/**
 * Probabilities are held to 2^-23 .. 1 - 2^-23 and not normalised again.
 * @param target the class, one a row
 * @param predicted the probability of class 1 (one a row), or of each class (rows x classes, row-major)
 * @returns natural logarithm, 0 or more; null without rows
 */
export function logLoss(target: Float64Array, predicted: Float32Array): number | null {
  if (target.length === 0) return null;
  const width = predicted.length / target.length;
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    const probability =
      width > 1 ? predicted[row * width + target[row]] : target[row] === 1 ? predicted[row] : 1 - predicted[row];
    sum -= log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
  }
  return sum / target.length;
}
