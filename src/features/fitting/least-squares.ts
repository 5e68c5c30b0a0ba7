/** Linear least squares by orthogonal transformations, row by row: memory for one triangle, whatever the number of rows. */
import { type Standardisation, standardised } from "./standardisation.ts";

/** Of a column's variation less than this share (of its sd) is left beside the columns chosen before it: it adds nothing. */
const LEAST_NEW_SHARE = 1e-6;

/**
 * The coefficients of standardised columns that explain the standardised target (the last of `columns`) with the least sum of
 * squared errors, one a column before it. Of columns that determine each other those with the most of their own are kept (column
 * pivoting: G. Golub and C. Van Loan, "Matrix Computations", 5.4); the coefficients of the others and of constant columns are 0.
 */
export function leastSquares(
  columns: readonly Float32Array[],
  rows: Uint32Array,
  { means, scales }: Standardisation,
): number[] {
  const size = columns.length;
  const triangle = new Float64Array(size * size);
  const z = new Float64Array(size);
  for (const row of rows) {
    for (let j = 0; j < size; j++) z[j] = standardised(columns[j][row], means[j], scales[j]);
    addRow(triangle, z);
  }
  return solvePivoted(triangle, size, LEAST_NEW_SHARE * Math.sqrt(Math.max(1, rows.length - 1)));
}

/** Rotates a row into the triangle (W. Givens): afterwards it stands for one row more. */
function addRow(triangle: Float64Array, z: Float64Array): void {
  const size = z.length;
  for (let j = 0; j < size; j++) {
    if (z[j] === 0) continue;
    const diagonal = triangle[j * size + j];
    const length = Math.sqrt(diagonal * diagonal + z[j] * z[j]);
    const c = diagonal / length;
    const s = z[j] / length;
    triangle[j * size + j] = length;
    for (let k = j + 1; k < size; k++) {
      const above = triangle[j * size + k];
      triangle[j * size + k] = c * above + s * z[k];
      z[k] = c * z[k] - s * above;
    }
  }
}

/** Orthogonalises the columns of a triangle in the order of what is left of them, then solves for its last column. */
function solvePivoted(triangle: Float64Array, size: number, least: number): number[] {
  const columns = Array.from({ length: size }, (_, j) =>
    Float64Array.from({ length: size }, (_, i) => triangle[i * size + j]),
  );
  const given = size - 1;
  const chosen: number[] = [];
  const projections: Float64Array[] = columns.map(() => new Float64Array(given));
  const lengths: number[] = [];
  while (chosen.length < given) {
    let next = -1;
    let most = least;
    for (let j = 0; j < given; j++) {
      const left = chosen.includes(j) ? 0 : Math.sqrt(dot(columns[j], columns[j]));
      if (left > most) [next, most] = [j, left];
    }
    if (next < 0) break;
    const step = chosen.length;
    const unit = columns[next].map((value) => value / most);
    chosen.push(next);
    lengths.push(most);
    for (const [j, column] of columns.entries()) {
      if (chosen.includes(j)) continue;
      const share = dot(unit, column);
      projections[j][step] = share;
      for (let i = 0; i < size; i++) column[i] -= share * unit[i];
    }
  }
  const coefficients = new Array<number>(given).fill(0);
  for (let step = chosen.length - 1; step >= 0; step--) {
    let sum = projections[size - 1][step];
    for (let later = step + 1; later < chosen.length; later++) {
      sum -= projections[chosen[later]][step] * coefficients[chosen[later]];
    }
    coefficients[chosen[step]] = sum / lengths[step] + 0;
  }
  return coefficients;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
