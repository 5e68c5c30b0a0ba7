/** Rows of a fleet picked out by table, to be changed or deleted. */

/**
 * `telemetry` and `events` by table; `ends` are the ends of events that last; `machines` the rows of the machine table; `retiredAt` and
 * `commissionedAt` one row a machine; `schedule` and `limits` the rows of the reference tables.
 */
export type Part =
  | "telemetry"
  | "events"
  | "ends"
  | "machines"
  | "retiredAt"
  | "commissionedAt"
  | "schedule"
  | "limits";

export interface PickedRows {
  part: Part;
  /** The name of the telemetry or event table; "" for the others. */
  table: string;
  /** Ascending. */
  rows: Uint32Array;
}

/** The rows picked of one table; undefined where there are none. */
export function rowsOf(picked: readonly PickedRows[], part: Part, table = ""): Uint32Array | undefined {
  return picked.find((group) => group.part === part && group.table === table)?.rows;
}

/** All rows from 0 to `count` for which `isPicked` holds, ascending. */
export function pick(count: number, isPicked: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) if (isPicked(row)) rows[found++] = row;
  return rows.slice(0, found);
}

/** The machine of each row of a table. */
export function ownersOf(offsets: Uint32Array): Uint32Array {
  const owners = new Uint32Array(offsets[offsets.length - 1]);
  for (let machine = 0; machine + 1 < offsets.length; machine++)
    owners.fill(machine, offsets[machine], offsets[machine + 1]);
  return owners;
}
