/** RMSE from sums kept per machine, so that a bootstrap need not go over the rows again. */

export interface SquaredErrors {
  sum: Float64Array;
  rows: Float64Array;
}

/** The sum of squared errors and the number of rows of each slot. */
export function squaredErrors(target: Float64Array, predicted: Float32Array, slot: Uint32Array): SquaredErrors {
  const slots = target.length === 0 ? 0 : slot[slot.length - 1] + 1;
  const errors = { sum: new Float64Array(slots), rows: new Float64Array(slots) };
  for (let row = 0; row < target.length; row++) {
    const miss = predicted[row] - target[row];
    errors.sum[slot[row]] += miss * miss;
    errors.rows[slot[row]]++;
  }
  return errors;
}

/** RMSE where slot s counts `copies[s]` times; null without rows. */
export function weightedRmse({ sum, rows }: SquaredErrors, copies: Float64Array): number | null {
  let squares = 0;
  let count = 0;
  for (let s = 0; s < sum.length; s++) {
    squares += copies[s] * sum[s];
    count += copies[s] * rows[s];
  }
  return count === 0 ? null : Math.sqrt(squares / count);
}
