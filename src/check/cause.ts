/** Says which row was changed, how, and why nothing may depend on it. */
import type { Fleet } from "../core/fleet.ts";
import { movedInstant } from "./change-rows.ts";
import type { Cause, Reason } from "./leak.ts";
import type { Perturbation } from "./perturbation.ts";
import { ownersOf, type PickedRows } from "./picked-rows.ts";

/** The first of the rows that moved something. */
export function describeCause(fleet: Fleet, { change }: Perturbation, found: readonly PickedRows[]): Cause {
  const { part, table, rows } = found[0];
  const row = rows[0];
  const count = found.reduce((sum, group) => sum + group.rows.length, 0);
  const shared = { table: table || part, change: change === undefined ? "deleted" : "changed", rows: count } as const;
  const { machineTable } = fleet;
  if (part === "schedule" || part === "limits") return { ...shared, time: fleet[part]?.[row].validFrom ?? 0 };
  if (part === "retiredAt" || part === "commissionedAt") {
    return { ...shared, machine: fleet.machines[row], time: machineTable?.[part]?.[row] ?? 0 };
  }
  if (part === "machines") {
    const owner = ownersOf(machineTable?.offsets ?? new Uint32Array(1));
    return { ...shared, machine: fleet.machines[owner[row]], time: machineTable?.validFrom[row] ?? 0 };
  }
  if (part === "telemetry") {
    const readings = fleet.telemetry.find(({ name }) => name === table)!;
    const machine = fleet.machines[ownersOf(readings.offsets)[row]];
    return { ...shared, machine, ...stampOf(readings, row) };
  }
  const events = fleet.events[table];
  const owner = ownersOf(events.offsets)[row];
  const about = { ...shared, machine: fleet.machines[owner], kind: events.kinds[events.kind[row]] || undefined };
  if (part === "ends") return { ...about, time: events.end?.[row] ?? 0 };
  if (change === undefined) return { ...about, ...stampOf(events, row) };
  return { ...about, ...stampOf(events, row), change: "moved", movedTo: movedInstant(events, row, change) };
}

/** Why a row that is unknown at an instant is so. */
export function reasonOf({ table, time, knownAt, movedTo }: Cause, instant: number, fleet: Fleet): Reason {
  const at = movedTo ?? time;
  if (!Object.hasOwn(fleet.events, table) && !fleet.telemetry.some(({ name }) => name === table)) {
    return table === "retiredAt" || table === "commissionedAt" ? "after the cutoff" : "not valid yet";
  }
  if (at > instant) return "after the cutoff";
  return movedTo === undefined && (knownAt ?? time) > instant ? "not known yet" : "own instant";
}

function stampOf({ time, knownAt }: { time: Float64Array; knownAt: Float64Array }, row: number) {
  return { time: time[row], ...(knownAt[row] > time[row] && { knownAt: knownAt[row] }) };
}
