/** Which rows of a fleet are not known at an instant: what no feature at that cutoff, and no fit that ends there, may read. */
import type { Fleet } from "../core/fleet.ts";
import { ownersOf, type PickedRows, pick } from "./picked-rows.ts";

export interface Known {
  /** One instant a machine; -Infinity where nothing is known. */
  until: Float64Array;
  /**
   * Whether an outcome stamped at that very instant is known: "before" for features, which see outcomes strictly after them; "through" for
   * training labels, which reach up to and including their end.
   */
  outcomes: "before" | "through";
}

/** A reference row, which is no machine's, counts as unknown if it is to the machine that knows most. */
export function unknownRows(fleet: Fleet, { until, outcomes }: Known): PickedRows[] {
  const { machineTable, schedule, limits } = fleet;
  const latest = until.reduce((most, instant) => Math.max(most, instant), Number.NEGATIVE_INFINITY);
  const picked: PickedRows[] = [];
  const add = (part: PickedRows["part"], table: string, rows: Uint32Array) => {
    if (rows.length > 0) picked.push({ part, table, rows });
  };
  for (const { name, offsets, time, knownAt } of fleet.telemetry) {
    const owner = ownersOf(offsets);
    add(
      "telemetry",
      name,
      pick(time.length, (row) => Math.max(time[row], knownAt[row]) > until[owner[row]]),
    );
  }
  for (const [table, { offsets, time, knownAt, outcome, end }] of Object.entries(fleet.events)) {
    const owner = ownersOf(offsets);
    const hidden = (row: number) => {
      const seenAt = Math.max(time[row], knownAt[row]);
      const instant = until[owner[row]];
      return seenAt > instant || (outcome && outcomes === "before" && seenAt === instant);
    };
    add("events", table, pick(time.length, hidden));
    if (end !== undefined)
      add(
        "ends",
        table,
        pick(time.length, (row) => !hidden(row) && end[row] > until[owner[row]]),
      );
  }
  if (machineTable !== undefined) {
    const { offsets, validFrom, retiredAt, commissionedAt } = machineTable;
    const owner = ownersOf(offsets);
    const nothing = (row: number) => until[owner[row]] === Number.NEGATIVE_INFINITY;
    add(
      "machines",
      "",
      pick(validFrom.length, (row) => validFrom[row] > until[owner[row]] || nothing(row)),
    );
    for (const [part, at] of [["retiredAt", retiredAt] as const, ["commissionedAt", commissionedAt] as const]) {
      if (at === undefined) continue;
      add(
        part,
        "",
        pick(at.length, (machine) => at[machine] > until[machine]),
      );
    }
  }
  for (const [part, rows] of [["schedule", schedule] as const, ["limits", limits] as const]) {
    if (rows === undefined) continue;
    add(
      part,
      "",
      pick(rows.length, (row) => rows[row].validFrom > latest),
    );
  }
  return picked;
}
