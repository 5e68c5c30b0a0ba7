/** The Cholesky factor of a positive definite matrix, and lengths measured by it. */

/** The lower triangle L with L L' = matrix (size x size, row-major), its rows one after the other without what is above the diagonal. */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(triangleLength(size));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= factor[at(i, k)] * factor[at(j, k)];
      factor[at(i, j)] = i === j ? Math.sqrt(sum) : sum / factor[at(j, j)];
    }
  }
  return factor;
}

/** How many numbers a lower triangle holds. */
export function triangleLength(size: number): number {
  return (size * (size + 1)) / 2;
}

/** x' (L L')^-1 x: the square of the length of L^-1 x, which is left in `x`. */
export function whitenedSquare(factor: ArrayLike<number>, x: Float64Array): number {
  let square = 0;
  for (let i = 0; i < x.length; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= factor[at(i, k)] * x[k];
    x[i] = sum / factor[at(i, i)];
    square += x[i] * x[i];
  }
  return square;
}

function at(i: number, j: number): number {
  return (i * (i + 1)) / 2 + j;
}
