/** Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's method in a fixed order. */

export interface Eigen {
  /** Descending; of equal ones the one found at the smaller place comes first. */
  values: number[];
  /** A unit vector for each value; its largest component by size, the first of equal ones, is positive. */
  vectors: number[][];
}

const MOST_SWEEPS = 60;

/** @param matrix size x size, row-major, symmetric. Rotations row by row (G. Golub and C. Van Loan, "Matrix Computations", 8.5). */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a, size); sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j] - a[i * size + i] || i - j);
  return {
    values: order.map((i) => a[i * size + i] + 0),
    vectors: order.map((i) => signed(Array.from({ length: size }, (_, row) => vectors[row * size + i]))),
  };
}

/** Whether what is off the diagonal is lost in the rounding of what is on it. */
function isDiagonal(a: Float64Array, size: number): boolean {
  let off = 0;
  let on = 0;
  for (let i = 0; i < size; i++) {
    on = Math.max(on, Math.abs(a[i * size + i]));
    for (let j = 0; j < i; j++) off = Math.max(off, Math.abs(a[i * size + j]));
  }
  return off <= on * 2 ** -60;
}

/** Turns the axes p and q so that a[p][q] becomes 0. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q];
  if (apq === 0) return;
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  turn(a, size, 1, size, p, q, c, s);
  turn(a, 1, size, size, p, q, c, s);
  a[p * size + q] = 0;
  a[q * size + p] = 0;
  turn(vectors, size, 1, size, p, q, c, s);
}

function turn(
  of: Float64Array,
  along: number,
  across: number,
  size: number,
  p: number,
  q: number,
  c: number,
  s: number,
): void {
  for (let k = 0; k < size; k++) {
    const first = of[k * along + p * across];
    const second = of[k * along + q * across];
    of[k * along + p * across] = c * first - s * second;
    of[k * along + q * across] = s * first + c * second;
  }
}

function signed(vector: number[]): number[] {
  let largest = 0;
  for (const component of vector) if (Math.abs(component) > Math.abs(largest)) largest = component;
  return vector.map((component) => (largest < 0 ? -component : component) + 0);
}
