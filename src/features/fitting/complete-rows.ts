/** Rows that a fit can use: those where every column is known. */

/** From fewer rows nothing is learned of a column. */
export const LEAST_ROWS = 10;

/** Of `rows` those where each column holds a finite number, in their order. */
export function completeRows(columns: readonly Float32Array[], rows: Uint32Array): Uint32Array {
  return rows.filter((row) => columns.every((values) => Number.isFinite(values[row])));
}

/** `most` of `rows` at the most, evenly spaced over them, in their order. */
export function spacedRows(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]);
}
