/** Puts rows into the order of a fleet: by machine, then time. */
import { ForewarnError } from "../../core/errors.ts";
import { instantName, type TimeKind } from "../../core/time.ts";

export interface RowKeys {
  /** The name of the table, for messages. */
  name: string;
  /** The fleet's number of each row's machine; rows with -1 are left out. */
  machine: Int32Array;
  time: Float64Array;
  /** What tells rows of one machine and instant apart, as ranks; absent: nothing. */
  rank?: Uint32Array;
}

export interface GroupedRows {
  /** Row offsets by machine, one more than machines. */
  offsets: Uint32Array;
  /** The rows in order; undefined where they are in order as they are. */
  order: Uint32Array | undefined;
}

/** @throws DATA_DUPLICATE when two rows have the same key */
export function groupRows(keys: RowKeys, machines: readonly string[], kind: TimeKind): GroupedRows {
  const { machine } = keys;
  const rows = machine.length;
  const offsets = new Uint32Array(machines.length + 1);
  for (let row = 0; row < rows; row++) if (machine[row] >= 0) offsets[machine[row] + 1]++;
  for (let i = 0; i < machines.length; i++) offsets[i + 1] += offsets[i];
  const compare = (a: number, b: number) => compareKeys(keys, a, b);
  let inOrder = offsets[machines.length] === rows;
  for (let row = 1; row < rows && inOrder; row++) inOrder = compare(row - 1, row) <= 0;
  const order = inOrder ? undefined : Uint32Array.from(machine.keys()).filter((row) => machine[row] >= 0);
  order?.sort((a, b) => compare(a, b) || a - b);
  const at = (i: number) => (order === undefined ? i : order[i]);
  for (let i = 1; i < offsets[machines.length]; i++)
    if (compare(at(i - 1), at(i)) === 0) throw duplicate(keys, machines, kind, at(i - 1), at(i));
  return { offsets, order };
}

/** A column in that order: itself where it is in order. */
export function inOrder(column: Float64Array, { order }: GroupedRows): Float64Array {
  return order === undefined ? column : Float64Array.from(order, (row) => column[row]);
}

function compareKeys({ machine, time, rank }: RowKeys, a: number, b: number): number {
  if (machine[a] !== machine[b]) return machine[a] - machine[b];
  if (time[a] !== time[b]) return time[a] < time[b] ? -1 : 1;
  return rank === undefined ? 0 : rank[a] - rank[b];
}

function duplicate(
  { name, machine, time }: RowKeys,
  machines: readonly string[],
  kind: TimeKind,
  first: number,
  second: number,
): ForewarnError {
  return new ForewarnError("DATA_DUPLICATE", {
    problem: "two rows have the same key",
    expected: "each key once",
    found: `${machines[machine[first]]} at ${instantName(time[first], kind)}`,
    where: `${name}, rows ${first} and ${second}`,
    hint: "remove one of them",
  });
}
