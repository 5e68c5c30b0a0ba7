/** Builds small fleets for tests from instants written by hand. */
import type { Events, Fleet, MachineTable, Telemetry } from "../../src/core/fleet.ts";
import { compareBytes } from "../../src/core/order.ts";
import type { TimeKind } from "../../src/core/time.ts";

export interface EventRow {
  machine: string;
  time: number;
  /** Default: "" (a table without kinds). */
  kind?: string;
  end?: number;
  /** Default: `time`. */
  knownAt?: number;
}

export interface ReadingRow {
  time: number;
  knownAt: number;
}

export interface FleetRows {
  /** Default: "cycles". */
  time?: TimeKind;
  /** Telemetry instants by machine; several lists are several tables. */
  telemetry: Record<string, readonly (number | ReadingRow)[]>[];
  events?: Record<string, readonly EventRow[]>;
  endsObservation?: readonly string[];
  retiredAt?: Record<string, number>;
}

export function buildFleet({
  time = "cycles",
  telemetry,
  events = {},
  endsObservation = [],
  retiredAt,
}: FleetRows): Fleet {
  const machines = [...new Set(telemetry.flatMap((table) => Object.keys(table)))].sort(compareBytes);
  const tables = telemetry.map((table, i): Telemetry => {
    const rows = machines.flatMap((name, machine) =>
      (table[name] ?? []).map((row) => ({ machine, ...(typeof row === "number" ? { time: row, knownAt: row } : row) })),
    );
    rows.sort((a, b) => a.machine - b.machine || a.time - b.time);
    return {
      name: `telemetry${i}`,
      offsets: offsetsOf(rows, machines.length),
      time: Float64Array.from(rows, (row) => row.time),
      knownAt: Float64Array.from(rows, (row) => row.knownAt),
      sensors: {},
    };
  });
  return {
    time,
    machines,
    telemetry: tables,
    events: Object.fromEntries(
      Object.entries(events).map(([name, rows]) => [
        name,
        eventsOf(name, rows, machines, endsObservation.includes(name)),
      ]),
    ),
    ...(retiredAt === undefined ? {} : { machineTable: machineTableOf(machines, retiredAt) }),
  };
}

/** The instants from `from` to `to` (both included), `step` apart. */
export function instants(from: number, to: number, step = 1): number[] {
  const list: number[] = [];
  for (let instant = from; instant <= to; instant += step) list.push(instant);
  return list;
}

function eventsOf(
  name: string,
  given: readonly EventRow[],
  machines: readonly string[],
  endsObservation: boolean,
): Events {
  const rows = given
    .map((row) => ({ ...row, kind: row.kind ?? "", machine: machines.indexOf(row.machine) }))
    .sort((a, b) => a.machine - b.machine || a.time - b.time || compareBytes(a.kind, b.kind));
  const kinds = [...new Set(rows.map((row) => row.kind))].sort(compareBytes);
  return {
    name,
    offsets: offsetsOf(rows, machines.length),
    time: Float64Array.from(rows, (row) => row.time),
    knownAt: Float64Array.from(rows, (row) => row.knownAt ?? row.time),
    kinds,
    kind: Uint32Array.from(rows, (row) => kinds.indexOf(row.kind)),
    outcome: name === "failures" || name === "maintenance",
    ...(rows.some((row) => row.end !== undefined)
      ? { end: Float64Array.from(rows, (row) => row.end ?? row.time) }
      : {}),
    ...(endsObservation ? { endsObservation } : {}),
  };
}

function machineTableOf(machines: readonly string[], retiredAt: Record<string, number>): MachineTable {
  return {
    offsets: new Uint32Array(machines.length + 1),
    validFrom: new Float64Array(0),
    attributes: {},
    retiredAt: Float64Array.from(machines, (name) => retiredAt[name] ?? Number.POSITIVE_INFINITY),
  };
}

function offsetsOf(rows: readonly { machine: number }[], machines: number): Uint32Array {
  const offsets = new Uint32Array(machines + 1);
  for (const { machine } of rows) offsets[machine + 1]++;
  for (let m = 0; m < machines; m++) offsets[m + 1] += offsets[m];
  return offsets;
}
