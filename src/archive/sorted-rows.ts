/** Rows in any order to columns in memory that are sorted by machine and time. */
import { setImmediate } from "node:timers/promises";
import type { ResultPart } from "./database.ts";
import type { RowSorter } from "./sorted-order.ts";

/**
 * Puts every row where its machine's rows are, so that nothing is held twice; they are not sorted yet.
 * @param parts the machine's number, then the columns.
 * @param offsets where each machine's rows begin; one more than there are machines.
 * @returns whether each machine had as many rows as the offsets say: if not, the columns are worthless.
 */
export async function placeRows(
  parts: AsyncIterable<ResultPart>,
  offsets: Uint32Array,
  columns: readonly Float64Array[],
): Promise<boolean> {
  const next = offsets.slice(0, -1);
  let places = new Uint32Array(0);
  for await (const { rows, columns: values } of parts) {
    if (places.length < rows) places = new Uint32Array(rows);
    nextPlaces(values[0], next, places, rows);
    for (const [i, column] of columns.entries()) scatter(values[i + 1], places, rows, column);
  }
  return next.every((end, machine) => end === offsets[machine + 1]);
}

function nextPlaces(machine: ArrayLike<number>, next: Uint32Array, places: Uint32Array, rows: number): void {
  for (let row = 0; row < rows; row++) places[row] = next[machine[row]]++;
}

/** Puts each value in its place of another column. */
export function scatter(from: ArrayLike<number>, places: Uint32Array, rows: number, to: Float64Array): void {
  for (let row = 0; row < rows; row++) to[places[row]] = from[row];
}

/**
 * Sorts the rows of each machine by the first column, the time.
 * @param check called every now and then; what it throws ends the work.
 * @returns the first row whose time is that of the row before it, of the same machine; -1 where there is none.
 */
export async function sortMachines(
  columns: readonly Float64Array[],
  offsets: Uint32Array,
  sorter: RowSorter,
  check: () => void,
): Promise<number> {
  let repeated = -1;
  let unchecked = 0;
  for (let machine = 0; machine < offsets.length - 1; machine++) {
    const found = sorter.sort(columns, offsets[machine], offsets[machine + 1]);
    if (repeated === -1) repeated = found;
    unchecked += offsets[machine + 1] - offsets[machine];
    if (unchecked < ROWS_A_CHECK) continue;
    unchecked = 0;
    await setImmediate();
    check();
  }
  return repeated;
}

/** Some tens of milliseconds of sorting. */
const ROWS_A_CHECK = 500_000;

/** The most rows of a machine. */
export function mostRows(offsets: Uint32Array): number {
  let most = 0;
  for (let machine = 1; machine < offsets.length; machine++) {
    most = Math.max(most, offsets[machine] - offsets[machine - 1]);
  }
  return most;
}

/** The machine that a row belongs to. */
export function machineOfRow(offsets: Uint32Array, row: number): number {
  return offsets.findIndex((end) => end > row) - 1;
}
