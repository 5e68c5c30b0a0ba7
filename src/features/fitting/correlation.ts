/** How columns go together: their correlations, and how much those are to be trusted. */
import { type Standardisation, standardised } from "./standardisation.ts";

/** Correlations at `rows`, size x size, row-major; the row and column of a constant column are 0, its diagonal too. */
export function correlationMatrix(
  columns: readonly Float32Array[],
  rows: Uint32Array,
  { means, scales }: Standardisation,
): Float64Array {
  const size = columns.length;
  const matrix = new Float64Array(size * size);
  const z = new Float64Array(size);
  for (const row of rows) {
    for (let i = 0; i < size; i++) z[i] = standardised(columns[i][row], means[i], scales[i]);
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix[i * size + j] += z[i] * z[j];
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      matrix[i * size + j] /= rows.length - 1;
      matrix[j * size + i] = matrix[i * size + j];
    }
    matrix[i * size + i] = scales[i] === 0 ? 0 : 1;
  }
  return matrix;
}

/**
 * The share of the way towards no correlation at all that is expected to bring the correlations nearest to the true ones, 0..1:
 * the variance of the correlations over their squares, each summed over all pairs (J. Schäfer and K. Strimmer, "A shrinkage approach to
 * large-scale covariance matrix estimation and implications for functional genomics", 2005). 0 where nothing is correlated.
 */
export function recommendedShrinkage(
  columns: readonly Float32Array[],
  rows: Uint32Array,
  { means, scales }: Standardisation,
  matrix: Float64Array,
): number {
  const size = columns.length;
  const count = rows.length;
  const squares = new Float64Array(size * size);
  const z = new Float64Array(size);
  for (const row of rows) {
    for (let i = 0; i < size; i++) z[i] = standardised(columns[i][row], means[i], scales[i]);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const difference = z[i] * z[j] - (matrix[i * size + j] * (count - 1)) / count;
        squares[i * size + j] += difference * difference;
      }
    }
  }
  let variance = 0;
  let correlated = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const at = i * size + j;
      variance += (squares[at] * count) / ((count - 1) * (count - 1) * (count - 1));
      correlated += matrix[at] * matrix[at];
    }
  }
  return correlated === 0 ? 0 : Math.min(1, variance / correlated);
}
