/** The Brier score: the mean squared distance between the probabilities and what came true. */

/**
 * With one probability a row (that of class 1), the mean of (p - y)^2; with one a class, the mean of the sum over classes, as in
 * Brier's paper of 1950 and in scikit-learn's `brier_score_loss` with `scale_by_half="auto"`.
 * @param target the class, one a row
 * @param predicted the probability of class 1 (one a row), or of each class (rows x classes, row-major)
 * @returns null without rows
 */
export function brier(target: Float64Array, predicted: Float32Array): number | null {
  if (target.length === 0) return null;
  const width = predicted.length / target.length;
  let sum = 0;
  for (let row = 0; row < target.length; row++) {
    for (let k = 0; k < width; k++) {
      const truth = width === 1 ? target[row] : Number(target[row] === k);
      const miss = predicted[row * width + k] - truth;
      sum += miss * miss;
    }
  }
  return sum / target.length;
}
