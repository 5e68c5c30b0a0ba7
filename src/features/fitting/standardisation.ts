/** Means and standard deviations, so that columns of different units can be compared. */

export interface Standardisation {
  /** One a column, in its unit. */
  means: number[];
  /** Sample standard deviations, one a column; 0 where the column does not vary beyond the rounding of float32. */
  scales: number[];
}

/** Two passes over finite values at `rows`, in their order. The sd of fewer than two rows is 0. */
export function standardisation(columns: readonly Float32Array[], rows: Uint32Array): Standardisation {
  const means = columns.map((values) => {
    let sum = 0;
    for (const row of rows) sum += values[row];
    return rows.length === 0 ? 0 : sum / rows.length + 0;
  });
  const scales = columns.map((values, j) => {
    let squares = 0;
    for (const row of rows) {
      const difference = values[row] - means[j];
      squares += difference * difference;
    }
    const sd = rows.length < 2 ? 0 : Math.sqrt(squares / (rows.length - 1));
    return sd > FLOAT32_STEP * Math.abs(means[j]) ? sd : 0;
  });
  return { means, scales };
}

/** The distance from 1 to the next float32. */
const FLOAT32_STEP = 2 ** -23;

/** A value in standard deviations from the mean; 0 where the column does not vary. */
export function standardised(value: number, mean: number, scale: number): number {
  return scale === 0 ? 0 : (value - mean) / scale;
}
