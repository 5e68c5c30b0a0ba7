/** The records of an event table as columns: of all kinds, or of one. */
import type { Events } from "../../core/fleet.ts";

/** Records grouped by machine, ascending by time within each. */
export interface EventRecords {
  /** Row offsets by machine, one more than machines. */
  offsets: Uint32Array;
  time: Float64Array;
  /** max(time, knownAt); the same array as `time` when nothing is late. */
  seenAt: Float64Array;
}

/** All records of a table. */
export function allRecords({ offsets, time, knownAt }: Events): EventRecords {
  const late = knownAt !== time && knownAt.some((known, row) => known > time[row]);
  const seenAt = late ? time.map((at, row) => (knownAt[row] > at ? knownAt[row] : at)) : time;
  return { offsets, time, seenAt };
}

/** The records of a kind, by its code: the table is walked once for all kinds. Of a code that the table lacks there are none. */
export function recordsByKind({ kinds, kind }: Events, all: EventRecords): (code: number) => EventRecords {
  const starts = new Uint32Array(kinds.length + 1);
  for (const code of kind) starts[code + 1]++;
  for (let code = 0; code < kinds.length; code++) starts[code + 1] += starts[code];
  const next = starts.slice();
  const rows = new Uint32Array(kind.length);
  for (let row = 0; row < kind.length; row++) rows[next[kind[row]]++] = row;
  return (code) => takeRecords(all, code < 0 ? rows.subarray(0, 0) : rows.subarray(starts[code], starts[code + 1]));
}

/** Running within each machine: the latest `seenAt`, so that up to where it lies at an instant all is seen, and the number of instants. */
export function settledRecords({ offsets, time, seenAt }: EventRecords): { at: Float64Array; instants: Uint32Array } {
  const at = seenAt.slice();
  const instants = new Uint32Array(time.length);
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    let count = 0;
    for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
      const first = row === offsets[machine];
      if (!first && at[row - 1] > at[row]) at[row] = at[row - 1];
      if (first || time[row] !== time[row - 1]) count++;
      instants[row] = count;
    }
  }
  return { at, instants };
}

/** Some records, by row, ascending. */
function takeRecords({ offsets, time, seenAt }: EventRecords, rows: Uint32Array): EventRecords {
  const grouped = new Uint32Array(offsets.length);
  for (let machine = 0, i = 0; machine + 1 < offsets.length; machine++) {
    while (i < rows.length && rows[i] < offsets[machine + 1]) i++;
    grouped[machine + 1] = i;
  }
  const taken = taking(time, rows);
  return { offsets: grouped, time: taken, seenAt: seenAt === time ? taken : taking(seenAt, rows) };
}

function taking(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]];
  return taken;
}
