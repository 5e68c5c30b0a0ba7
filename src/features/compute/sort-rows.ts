/** Cutoffs in the order in which they are computed: by machine, then instant. */
import type { FleetRows } from "./fleet-rows.ts";

export interface SortedRows {
  rows: FleetRows;
  /** The place among the given cutoffs of each sorted row; absent where they came sorted. */
  places?: Uint32Array;
}

export function sortRows(rows: FleetRows): SortedRows {
  const { machine, cutoff } = rows;
  if (isSorted(rows)) return { rows };
  const places = Uint32Array.from(machine.keys()).sort(
    (a, b) => machine[a] - machine[b] || cutoff[a] - cutoff[b] || a - b,
  );
  const sorted = {
    machine: places.map((row) => machine[row]),
    cutoff: Float64Array.from(places, (row) => cutoff[row]),
  };
  return { rows: sorted, places };
}

function isSorted({ machine, cutoff }: FleetRows): boolean {
  for (let row = 1; row < machine.length; row++) {
    if (machine[row] < machine[row - 1] || (machine[row] === machine[row - 1] && cutoff[row] < cutoff[row - 1]))
      return false;
  }
  return true;
}
