/** What laying out takes of kernel memory, so that work can be cut into shares that fit before anything is laid out. */
import type { Events, Fleet, Telemetry } from "../../core/fleet.ts";
import { CountedMemory } from "../../kernels/counted-memory.ts";
import type { FeaturePlan } from "../plan.ts";
import { fleetPart } from "../source.ts";
import { layOut } from "./layout.ts";

/** Bytes: so many for whatever is laid out, and so many more for each cutoff, number of telemetry and event. */
export interface LayoutCost {
  fixed: number;
  perCutoff: number;
  /** A telemetry row has two numbers beside those of its sensors. */
  perNumber: number;
  perEvent: number;
}

/** How many numbers a row of a telemetry table has. */
export function rowWidth(sensors: number): number {
  return 2 + sensors;
}

const MANY = 1_024;

/** Found by counting what small amounts of each take, in a fleet of one machine that has the tables of the given one. */
export function layoutCost(plan: FeaturePlan, fleet: Fleet): LayoutCost {
  const one = fleetPart(fleet, 0, Math.min(1, fleet.machines.length));
  const bytes = (readings: number, events: number, cutoffs: number) => {
    const memory = new CountedMemory();
    const cutoff = Float64Array.from({ length: cutoffs }, (_, i) => i);
    const rows = { machines: one.machines, machine: new Uint32Array(cutoffs), cutoff };
    layOut(plan, sizedFleet(one, readings, events), rows, memory);
    return memory.bytes;
  };
  const fixed = bytes(0, 0, 0);
  const numbers = fleet.telemetry.reduce((sum, { sensors }) => sum + rowWidth(Object.keys(sensors).length), 0);
  const tables = Object.keys(fleet.events).length;
  return {
    fixed,
    perCutoff: (bytes(0, 0, MANY) - fixed) / MANY,
    perNumber: (bytes(MANY, 0, 0) - fixed) / (MANY * Math.max(1, numbers)),
    perEvent: (bytes(0, MANY, 0) - fixed) / (MANY * Math.max(1, tables)),
  };
}

function sizedFleet(one: Fleet, readings: number, events: number): Fleet {
  return {
    ...one,
    telemetry: one.telemetry.map((table) => sizedTelemetry(table, readings)),
    events: Object.fromEntries(Object.entries(one.events).map(([name, table]) => [name, sizedEvents(table, events)])),
  };
}

function sizedTelemetry(table: Telemetry, rows: number): Telemetry {
  const time = Float64Array.from({ length: rows }, (_, row) => row);
  const late = table.knownAt !== table.time;
  return {
    name: table.name,
    offsets: Uint32Array.of(0, rows),
    time,
    knownAt: late ? time.map((at) => at + 1) : time,
    sensors: Object.fromEntries(Object.keys(table.sensors).map((sensor) => [sensor, new Float64Array(rows)])),
  };
}

function sizedEvents(table: Events, rows: number): Events {
  const time = Float64Array.from({ length: rows }, (_, row) => row);
  const { kinds, name, outcome, end } = table;
  return {
    name,
    offsets: Uint32Array.of(0, rows),
    time,
    knownAt: time,
    kinds,
    kind: Uint32Array.from({ length: kinds.length === 0 ? 0 : rows }, (_, row) => row % kinds.length),
    outcome,
    ...(end && { end: time }),
  };
}
