/** Cuts rows that come in groups into slices of given lengths, whatever the groups. */
import type { FeatureGroup } from "../feature-group.ts";

/** Rows that follow one another, in the groups they came in: shared, not copied. */
export interface RowSlice {
  rows: number;
  groups: readonly FeatureGroup[];
}

/** @param rows the length of the slice after so many rows have been given, from 1 on. The last one may be shorter; none is empty. */
export async function* cutRows(
  groups: AsyncIterable<FeatureGroup> | Iterable<FeatureGroup>,
  rows: (given: number) => number,
): AsyncGenerator<RowSlice, void, undefined> {
  let given = 0;
  let held: FeatureGroup[] = [];
  let heldRows = 0;
  for await (const group of groups) {
    for (let from = 0; from < group.matrix.rows; ) {
      const wanted = rows(given);
      const to = Math.min(group.matrix.rows, from + wanted - heldRows);
      held.push(rowsOf(group, from, to));
      heldRows += to - from;
      from = to;
      if (heldRows < wanted) continue;
      yield { rows: heldRows, groups: held };
      given += heldRows;
      held = [];
      heldRows = 0;
    }
  }
  if (heldRows > 0) yield { rows: heldRows, groups: held };
}

function rowsOf({ cutoffs, matrix }: FeatureGroup, from: number, to: number): FeatureGroup {
  const { machines, machine, cutoff } = cutoffs;
  return {
    cutoffs: { machines, machine: machine.subarray(from, to), cutoff: cutoff.subarray(from, to) },
    matrix: {
      rows: to - from,
      names: matrix.names,
      columns: matrix.columns.map((column) => column.subarray(from, to)),
    },
  };
}
