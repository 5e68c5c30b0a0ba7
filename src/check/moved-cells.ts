/** Which values of two matrices over the same rows differ in a bit. */
import type { Cutoffs, Matrix } from "../core/matrix.ts";

export interface MovedCell {
  column: string;
  row: number;
  before: number;
  after: number;
}

/** Whether there is a value on both sides: it says more than that one went missing. */
export function isTelling({ before, after }: Pick<MovedCell, "before" | "after">): boolean {
  return !Number.isNaN(before) && !Number.isNaN(after);
}

/**
 * For each column that moved in one of the rows, the row that shows it best: one with a value in both, then the one with the latest cutoff
 * (the first machine's, if several). A column that only one of the two has, has moved.
 */
export function movedCells(before: Matrix, after: Matrix, { cutoff }: Cutoffs, rows: Uint32Array): MovedCell[] {
  const columns = new Map(after.names.map((name, i) => [name, after.columns[i]]));
  const missing = after.names.filter((name) => !before.names.includes(name));
  const nothing = new Float32Array(cutoff.length).fill(Number.NaN);
  const pairs = [
    ...before.names.map((name, i) => [name, before.columns[i], columns.get(name)] as const),
    ...missing.map((name) => [name, undefined, columns.get(name)] as const),
  ];
  return pairs.flatMap(([column, ours, theirs]): MovedCell[] => {
    const [left, right] = [bitsOf(ours ?? nothing), bitsOf(theirs ?? nothing)];
    const isLost = ours === undefined || theirs === undefined;
    const cell = (row: number): MovedCell => {
      return { column, row, before: (ours ?? nothing)[row], after: (theirs ?? nothing)[row] };
    };
    const tells = (row: number) => Number(isTelling(cell(row)));
    let found = -1;
    for (const row of rows) {
      if (!isLost && left[row] === right[row]) continue;
      const rank = found < 0 ? 1 : tells(row) - tells(found) || cutoff[row] - cutoff[found];
      if (rank > 0) found = row;
    }
    if (found < 0) return [];
    return [cell(found)];
  });
}

/** The moved cells of one row. */
export function movedInRow(before: Matrix, after: Matrix, cutoffs: Cutoffs, row: number): MovedCell[] {
  return movedCells(before, after, cutoffs, Uint32Array.of(row));
}

/** Some of the columns. */
export function takeColumns({ rows, names, columns }: Matrix, wanted: ReadonlySet<string>): Matrix {
  const kept = names.flatMap((name, i) => (wanted.has(name) ? [i] : []));
  return { rows, names: kept.map((i) => names[i]), columns: kept.map((i) => columns[i]) };
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
