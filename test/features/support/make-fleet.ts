/** Builds a small fleet from rows written by hand, in any order. */
import type {
  AttributeColumn,
  Events,
  Fleet,
  LimitRow,
  MachineTable,
  ScheduleRow,
  Telemetry,
} from "../../../src/core/fleet.ts";
import type { Cutoffs } from "../../../src/core/matrix.ts";
import { compareBytes } from "../../../src/core/order.ts";
import type { TimeKind } from "../../../src/core/time.ts";

export interface ReadingRow {
  /** Default: "m". */
  machine?: string;
  time: number;
  /** Default: `time`. */
  knownAt?: number;
  /** Readings by sensor; one left out is missing. */
  values: Readonly<Record<string, number>>;
}

export interface EventRow {
  /** Default: "m". */
  machine?: string;
  time: number;
  /** Default: `time`. */
  knownAt?: number;
  /** Default: "". */
  kind?: string;
}

export interface MachineRow {
  /** Default: "m". */
  machine?: string;
  /** Default: always. */
  validFrom?: number;
  /** Strings are categories, undefined is missing. */
  attributes: Readonly<Record<string, string | number | undefined>>;
}

export interface FleetRows {
  /** Default: "cycles". */
  time?: TimeKind;
  /** Default: those with telemetry. */
  machines?: readonly string[];
  /** By table. */
  telemetry: Readonly<Record<string, readonly ReadingRow[]>>;
  /** The sensors of each table. Default: those that have a reading in some row. */
  sensors?: Readonly<Record<string, readonly string[]>>;
  /** By table. */
  events?: Readonly<Record<string, readonly EventRow[]>>;
  /** Tables visible strictly after their instant. Default: failures and maintenance. */
  outcomes?: readonly string[];
  machineTable?: readonly MachineRow[];
  /** The type of each attribute. Default: those of the rows, a category where one is a string. */
  attributeTypes?: Readonly<Record<string, "category" | "number">>;
  commissionedAt?: Readonly<Record<string, number>>;
  schedule?: readonly ScheduleRow[];
  limits?: readonly LimitRow[];
}

export function makeFleet(rows: FleetRows): Fleet {
  const readings = Object.values(rows.telemetry).flat();
  const machines = [...new Set(rows.machines ?? readings.map(owner))].sort(compareBytes);
  const { outcomes = ["failures", "maintenance"], events = {} } = rows;
  return {
    time: rows.time ?? "cycles",
    machines,
    telemetry: Object.entries(rows.telemetry).map(([name, table]) =>
      telemetryTable(name, machines, table, rows.sensors?.[name]),
    ),
    events: Object.fromEntries(
      Object.entries(events).map(([name, table]) => [name, eventTable(name, machines, table, outcomes.includes(name))]),
    ),
    ...(rows.machineTable && { machineTable: machineTable(machines, rows.machineTable, rows) }),
    ...(rows.schedule && { schedule: rows.schedule }),
    ...(rows.limits && { limits: rows.limits }),
  };
}

/** Cutoffs of one machine of a fleet, or of each of its machines. */
export function cutoffsAt(fleet: Fleet, instants: readonly number[], machine?: string): Cutoffs {
  const wanted = fleet.machines.flatMap((name, i) => (machine === undefined || name === machine ? [i] : []));
  const sorted = [...instants].sort((a, b) => a - b);
  return {
    machines: fleet.machines,
    machine: Uint32Array.from(wanted.flatMap((index) => sorted.map(() => index))),
    cutoff: Float64Array.from(wanted.flatMap(() => sorted)),
  };
}

function telemetryTable(
  name: string,
  machines: readonly string[],
  rows: readonly ReadingRow[],
  sensors: readonly string[] = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))],
): Telemetry {
  const { sorted, offsets } = group(machines, rows, ({ time }) => time);
  const column = (sensor: string) => Float64Array.from(sorted, ({ values }) => values[sensor] ?? Number.NaN);
  return {
    name,
    offsets,
    time: Float64Array.from(sorted, ({ time }) => time),
    knownAt: Float64Array.from(sorted, ({ time, knownAt }) => Math.max(time, knownAt ?? time)),
    sensors: Object.fromEntries(sensors.map((sensor) => [sensor, column(sensor)])),
  };
}

function eventTable(name: string, machines: readonly string[], rows: readonly EventRow[], outcome: boolean): Events {
  const kinds = [...new Set(rows.map(({ kind = "" }) => kind))].sort(compareBytes);
  const { sorted, offsets } = group(machines, rows, ({ time, kind = "" }) => time + kinds.indexOf(kind) / 1000);
  return {
    name,
    offsets,
    time: Float64Array.from(sorted, ({ time }) => time),
    knownAt: Float64Array.from(sorted, ({ time, knownAt }) => Math.max(time, knownAt ?? time)),
    kinds,
    kind: Uint32Array.from(sorted, ({ kind = "" }) => kinds.indexOf(kind)),
    outcome,
  };
}

function machineTable(
  machines: readonly string[],
  rows: readonly MachineRow[],
  { attributeTypes, commissionedAt = {} }: FleetRows,
): MachineTable {
  const { sorted, offsets } = group(machines, rows, ({ validFrom = Number.NEGATIVE_INFINITY }) => validFrom);
  const names = Object.keys(attributeTypes ?? Object.assign({}, ...rows.map((row) => row.attributes)));
  const attributes = names.map((name): [string, AttributeColumn] => {
    const values = sorted.map((row) => row.attributes[name]);
    const levels = [...new Set(values.filter((value) => typeof value === "string"))].sort(compareBytes);
    if ((attributeTypes?.[name] ?? (levels.length > 0 ? "category" : "number")) === "number") {
      return [name, { type: "number", values: Float64Array.from(values, (value) => Number(value ?? Number.NaN)) }];
    }
    return [
      name,
      { type: "category", levels, values: Int32Array.from(values, (value) => levels.indexOf(String(value))) },
    ];
  });
  return {
    offsets,
    validFrom: Float64Array.from(sorted, ({ validFrom = Number.NEGATIVE_INFINITY }) => validFrom),
    attributes: Object.fromEntries(attributes),
    commissionedAt: Float64Array.from(machines, (machine) => commissionedAt[machine] ?? Number.NaN),
  };
}

function group<Row extends { machine?: string }>(
  machines: readonly string[],
  rows: readonly Row[],
  order: (row: Row) => number,
): { sorted: Row[]; offsets: Uint32Array } {
  const groups = machines.map((machine) =>
    rows
      .filter((row) => owner(row) === machine)
      .sort((a, b) => Number(order(a) > order(b)) - Number(order(a) < order(b))),
  );
  const offsets = new Uint32Array(machines.length + 1);
  for (const [i, rowsOfMachine] of groups.entries()) offsets[i + 1] = offsets[i] + rowsOfMachine.length;
  return { sorted: groups.flat(), offsets };
}

function owner({ machine = "m" }: { machine?: string }): string {
  return machine;
}
