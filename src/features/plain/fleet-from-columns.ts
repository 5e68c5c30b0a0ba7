/** A fleet from tables whose columns are there, in any order of rows. */
import type { Events, Fleet, Telemetry } from "../../core/fleet.ts";
import { compareBytes } from "../../core/order.ts";
import type { TimeKind } from "../../core/time.ts";
import { groupRows, inOrder } from "./group-rows.ts";
import { type MachineRow, machineTableFromRows } from "./machine-rows.ts";
import { type LimitInput, limitsFromRows, type ScheduleInput, scheduleFromRows } from "./reference-rows.ts";

/** Names as codes. */
export interface Codes {
  names: readonly string[];
  /** Index into `names`, one a row. */
  codes: ArrayLike<number>;
}

export interface KeyColumns {
  name: string;
  machine: Codes;
  /** Whole numbers in the fleet's unit. */
  time: Float64Array;
  /** Absent: nothing is late. */
  knownAt?: Float64Array;
}

export interface TelemetryColumns extends KeyColumns {
  sensors: Readonly<Record<string, Float64Array>>;
}

export interface EventColumns extends KeyColumns {
  kind: Codes;
}

/** What does not come in columns. */
export interface FleetFacts {
  /** The tables whose records are visible strictly after their instant. Default: "failures" and "maintenance". */
  outcomes?: readonly string[];
  /** The machine table. Default: none. */
  machines?: readonly MachineRow[];
  /** The recommended schedule. Default: none. */
  schedule?: readonly ScheduleInput[];
  /** The operating limits. Default: none. */
  limits?: readonly LimitInput[];
}

/** Columns that are in order are used as they are. Records of machines without telemetry are left out. @throws DATA_* */
export function fleetFromColumns(
  time: TimeKind,
  telemetry: readonly TelemetryColumns[],
  events: readonly EventColumns[],
  { outcomes: named, machines: rows, schedule, limits }: FleetFacts,
): Fleet {
  const outcomes = named ?? ["failures", "maintenance"];
  const machines = [...new Set(telemetry.flatMap(({ machine }) => usedNames(machine)))].sort(compareBytes);
  const index = new Map(machines.map((name, i) => [name, i]));
  return {
    time,
    machines,
    telemetry: telemetry.map((table) => telemetryTable(table, machines, index, time)),
    events: Object.fromEntries(
      events.map((table) => [table.name, eventTable(table, machines, index, time, outcomes.includes(table.name))]),
    ),
    ...(rows && { machineTable: machineTableFromRows(rows, machines, time) }),
    ...(schedule && { schedule: scheduleFromRows(schedule, time) }),
    ...(limits && { limits: limitsFromRows(limits, time) }),
  };
}

function telemetryTable(
  table: TelemetryColumns,
  machines: readonly string[],
  index: ReadonlyMap<string, number>,
  kind: TimeKind,
): Telemetry {
  const { name, time, sensors } = table;
  const grouped = groupRows({ name, machine: renumbered(table.machine, index), time }, machines, kind);
  const sorted = inOrder(time, grouped);
  const ordered = Object.entries(sensors).map(([sensor, column]) => [sensor, inOrder(column, grouped)]);
  const late = table.knownAt !== undefined && isLate(table.knownAt, time);
  const knownAt = late ? later(inOrder(table.knownAt as Float64Array, grouped), sorted) : sorted;
  return { name, offsets: grouped.offsets, time: sorted, knownAt, sensors: Object.fromEntries(ordered) };
}

function eventTable(
  table: EventColumns,
  machines: readonly string[],
  index: ReadonlyMap<string, number>,
  kind: TimeKind,
  outcome: boolean,
): Events {
  const { name, time } = table;
  const machine = renumbered(table.machine, index);
  const used = new Set<string>();
  for (let row = 0; row < machine.length; row++)
    if (machine[row] >= 0) used.add(table.kind.names[table.kind.codes[row]]);
  const kinds = [...used].sort(compareBytes);
  const ranks = new Map(kinds.map((kindName, i) => [kindName, i]));
  const rank = Uint32Array.from(table.kind.codes, (code) => ranks.get(table.kind.names[code]) ?? 0);
  const grouped = groupRows({ name, machine, time, rank }, machines, kind);
  const sorted = inOrder(time, grouped);
  const late = table.knownAt !== undefined && isLate(table.knownAt, time);
  return {
    name,
    offsets: grouped.offsets,
    time: sorted,
    knownAt: late ? later(inOrder(table.knownAt as Float64Array, grouped), sorted) : sorted,
    kinds,
    kind: grouped.order === undefined ? rank : Uint32Array.from(grouped.order, (row) => rank[row]),
    outcome,
  };
}

function usedNames({ names, codes }: Codes): string[] {
  const used = new Uint8Array(names.length);
  for (let row = 0; row < codes.length; row++) used[codes[row]] = 1;
  return names.filter((_, code) => used[code] === 1);
}

function renumbered({ names, codes }: Codes, index: ReadonlyMap<string, number>): Int32Array {
  const numbers = names.map((name) => index.get(name) ?? -1);
  return Int32Array.from(codes, (code) => numbers[code]);
}

function isLate(knownAt: Float64Array, time: Float64Array): boolean {
  return knownAt.some((known, row) => known > time[row]);
}

function later(knownAt: Float64Array, time: Float64Array): Float64Array {
  return knownAt.map((known, row) => Math.max(known, time[row]));
}
