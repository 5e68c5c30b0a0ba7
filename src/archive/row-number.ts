/** `rowNumber()`: the machine column of a file that names no machine but lists one a row. */

/** Takes the 1-based number of each row of a file (its header not counted) as the machine. */
export function rowNumber(): { rowNumber: true } {
  return { rowNumber: true };
}
