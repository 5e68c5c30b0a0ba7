/** A share of the work: consecutive rows of the cutoffs, of whole machines or of a piece of one. */
import type { Fleet, Telemetry } from "../../core/fleet.ts";
import type { Cutoffs } from "../../core/matrix.ts";
import { fleetPart } from "../source.ts";
import type { FleetRows } from "./fleet-rows.ts";
import type { TableReach } from "./table-reach.ts";

/** Rows of the cutoffs from `from` (included) to `to` (excluded), and the machines they are of. */
export interface Group {
  from: number;
  to: number;
  firstMachine: number;
  lastMachine: number;
}

/** What a group is computed of: of a single machine only the telemetry that its cutoffs can reach. */
export function groupInput(
  fleet: Fleet,
  rows: FleetRows,
  { from, to, firstMachine, lastMachine }: Group,
  reaches: readonly TableReach[],
): { fleet: Fleet; cutoffs: Cutoffs } {
  const part = fleetPart(fleet, firstMachine, lastMachine + 1);
  const machine = rows.machine.slice(from, to);
  if (firstMachine > 0) for (let row = 0; row < machine.length; row++) machine[row] -= firstMachine;
  const cutoff = rows.cutoff.subarray(from, to);
  const reached =
    firstMachine === lastMachine
      ? { ...part, telemetry: part.telemetry.map((table, i) => reachedRows(part, table, cutoff, reaches[i])) }
      : part;
  return { fleet: reached, cutoffs: { machines: part.machines, machine, cutoff } };
}

/** The rows of a group's telemetry that are laid out, one number a table. */
export function groupReadings(
  fleet: Fleet,
  rows: FleetRows,
  { from, to, firstMachine, lastMachine }: Group,
  reaches: readonly TableReach[],
): number[] {
  if (firstMachine !== lastMachine) {
    return fleet.telemetry.map(({ offsets }) => offsets[lastMachine + 1] - offsets[firstMachine]);
  }
  const part = fleetPart(fleet, firstMachine, lastMachine + 1);
  const cutoff = rows.cutoff.subarray(from, to);
  return part.telemetry.map((table, i) => {
    const { first, end, before } = reaches[i](part, table, cutoff);
    return end - first + before.length;
  });
}

function reachedRows(fleet: Fleet, table: Telemetry, cutoff: Float64Array, reach: TableReach): Telemetry {
  const { first, end, before } = reach(fleet, table, cutoff);
  if (first === 0 && end === table.time.length) return table;
  const take = (values: Float64Array) => {
    if (before.length === 0) return values.subarray(first, end);
    const taken = new Float64Array(before.length + end - first);
    before.forEach((row, i) => {
      taken[i] = values[row];
    });
    taken.set(values.subarray(first, end), before.length);
    return taken;
  };
  const time = take(table.time);
  return {
    name: table.name,
    offsets: Uint32Array.of(0, time.length),
    time,
    knownAt: table.knownAt === table.time ? time : take(table.knownAt),
    sensors: Object.fromEntries(Object.entries(table.sensors).map(([sensor, values]) => [sensor, take(values)])),
  };
}
