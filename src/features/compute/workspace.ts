/** What features compute with: the fleet's columns laid out in kernel memory once, and the list of kernel calls to run. */
import { ForewarnError } from "../../core/errors.ts";
import type { Fleet, Telemetry } from "../../core/fleet.ts";
import type { Cutoffs } from "../../core/matrix.ts";
import { didYouMean } from "../../core/suggest.ts";
import {
  boundsCall,
  type CutoffColumns,
  type EventColumns,
  heldTimeCall,
  type KernelCall,
  type LimitColumns,
  lastEventCall,
  lastReadingCall,
  type ReadingColumns,
  type UseRule,
  type WindowColumns,
} from "../../kernels/calls.ts";
import type { Address, KernelMemory } from "../../kernels/memory.ts";
import type { FeaturePlan } from "../plan.ts";
import type { FleetSchema } from "../schema.ts";
import { attributeRow, attributeValue, referenceLookup } from "./as-of.ts";
import { coverageOf } from "./coverage.ts";
import { type FleetRows, fleetRows } from "./fleet-rows.ts";

/** A window (t - shift - length, t - shift], cut off at the last visible record of `resetOn`. */
export interface Window {
  length: number;
  shift?: number;
  resetOn?: string;
}

/** Addresses are of float64 columns with one value a cutoff where nothing else is said. Whatever is asked for twice is made once. */
export class Workspace {
  readonly rows: CutoffColumns;
  /** Calls to run over machines, before all others. */
  readonly preparations: KernelCall[] = [];
  /** Calls to run over cutoffs, in order. */
  readonly calls: KernelCall[] = [];
  readonly #fleet: Fleet;
  readonly #schema: FleetSchema;
  readonly #memory: KernelMemory;
  readonly #fleetRows: FleetRows;
  readonly #made = new Map<string, unknown>();
  readonly #wanted: ReadonlySet<string>;
  readonly #outputs = new Map<string, Address>();

  constructor(fleet: Fleet, plan: FeaturePlan, cutoffs: Cutoffs, memory: KernelMemory) {
    this.#fleet = fleet;
    this.#schema = plan.schema;
    this.#wanted = new Set(plan.rawNames);
    this.#memory = memory;
    this.#fleetRows = fleetRows(fleet, cutoffs);
    this.rows = { machine: memory.uint32(this.#fleetRows.machine), cutoff: memory.float64(cutoffs.cutoff) };
  }

  /** Adds a call; one that would fill no wanted column is left out. */
  call(call: KernelCall): void {
    if (call.emits?.every((column) => column === 0)) return;
    this.calls.push(call);
  }

  /** Whether a raw column is wanted at all. */
  wants(name: string): boolean {
    return this.#wanted.has(name);
  }

  /** The float32 column of a raw feature, to be filled by a call; 0 where it is not wanted. */
  output(name: string): Address {
    if (!this.wants(name)) return 0;
    const address = this.#memory.allocate(this.#fleetRows.cutoff.length * 4);
    this.#outputs.set(name, address);
    return address;
  }

  /** The columns made so far, by name. */
  get outputs(): ReadonlyMap<string, Address> {
    return this.#outputs;
  }

  /** A sensor's readings. @throws DATA_COLUMN_MISSING */
  readings(sensor: string): ReadingColumns {
    return this.#once(`readings ${sensor}`, () => {
      const table = this.#tableOf(sensor);
      return { ...this.#times(table), values: this.#memory.float64(table.sensors[sensor]) };
    });
  }

  /** Readings that are there whenever any of the schema's sensors is: the time that telemetry covers. */
  coverage(): ReadingColumns {
    return this.#once("coverage", () => {
      const { sensors } = this.#schema;
      const tables = new Set(sensors.map((sensor) => this.#tableOf(sensor)));
      const covered = coverageOf(this.#fleet, [...tables], sensors);
      return { ...this.#times(covered), values: this.#memory.float64(covered.sensors["covered"]) };
    });
  }

  /** The rows of each cutoff's window over a sensor's telemetry table. */
  window(sensor: string, { length, shift = 0, resetOn }: Window): WindowColumns {
    const table = this.#tableOf(sensor);
    return this.#once(`window ${JSON.stringify([table.name, length, shift, resetOn])}`, () => {
      const bytes = this.#fleetRows.cutoff.length * 4;
      const anchor = resetOn === undefined ? 0 : this.lastEvent(resetOn, undefined);
      const out = { first: this.#memory.allocate(bytes), past: this.#memory.allocate(bytes) };
      this.call(boundsCall(this.rows, this.readings(sensor), { length, shift, anchor }, out));
      return out;
    });
  }

  /** The newest known reading of a sensor in a window. */
  lastReading(sensor: string, window: Window): Address {
    const { length, shift = 0, resetOn } = window;
    return this.#once(`lastReading ${JSON.stringify([sensor, length, shift, resetOn])}`, () => {
      const out = this.#scratch();
      this.call(lastReadingCall(this.rows, this.readings(sensor), this.window(sensor, window), out));
      return out;
    });
  }

  /** The events of a kind, or of any. @throws DATA_TABLE_MISSING */
  events(table: string, kind: string | undefined): EventColumns {
    return this.#once(`events ${JSON.stringify([table, kind])}`, () => {
      const events = this.#eventTable(table);
      const wanted = kind === undefined ? undefined : events.kinds.indexOf(kind);
      const rows = Array.from(events.kind.keys()).filter((row) => wanted === undefined || events.kind[row] === wanted);
      const time = Float64Array.from(rows, (row) => events.time[row]);
      const seenAt = Float64Array.from(rows, (row) => Math.max(events.time[row], events.knownAt[row]));
      return {
        offsets: this.#memory.uint32(regroup(events.offsets, rows)),
        time: this.#memory.float64(time),
        seenAt: this.#memory.float64(seenAt),
        outcome: this.#schema.events[table].outcome,
      };
    });
  }

  /** The instant of the last visible event of a kind, or of any; NaN where there is none. */
  lastEvent(table: string, kind: string | undefined): Address {
    return this.#once(`lastEvent ${JSON.stringify([table, kind])}`, () => {
      const out = this.#scratch();
      this.call(lastEventCall(this.rows, this.events(table, kind), out));
      return out;
    });
  }

  /** The running sums of held time for `usedTime`; 0 where readings are late and it has to add anew. */
  heldTime(readings: ReadingColumns, rule: UseRule): Address {
    if (readings.knownAt !== 0) return 0;
    return this.#once(`heldTime ${JSON.stringify([readings.values, rule.above, rule.hold])}`, () => {
      const rows = new Uint32Array(this.#memory.memory.buffer, readings.offsets, this.#fleet.machines.length + 1);
      const out = this.#memory.allocate(rows[this.#fleet.machines.length] * 8);
      this.preparations.push(heldTimeCall(readings, rule, out));
      return out;
    });
  }

  /** When each machine's parts began to age (one value a machine): its `commissionedAt`, else 0 for counters, else NaN. */
  commissioned(): Address {
    return this.#once("commissioned", () => {
      const known = this.#fleet.machineTable?.commissionedAt;
      const otherwise = this.#fleet.time === "cycles" ? 0 : Number.NaN;
      const at = this.#fleet.machines.map((_, machine) => known?.[machine] ?? Number.NaN);
      return this.#memory.float64(at.map((instant) => (Number.isNaN(instant) ? otherwise : instant)));
    });
  }

  /** A number made of an attribute's value as of each cutoff, NaN where that is missing. @throws DATA_COLUMN_MISSING, DATA_COLUMN_TYPE */
  attribute(name: string, number: (value: string | number) => number): Address {
    const { machineTable } = this.#fleet;
    const column = machineTable?.attributes[name];
    if (machineTable === undefined || column === undefined) {
      const known = Object.keys(machineTable?.attributes ?? {});
      throw missing("DATA_COLUMN_MISSING", "the machine table lacks an attribute that the model needs", name, known);
    }
    const { type } = this.#schema.attributes[name];
    if (column.type !== type) {
      throw new ForewarnError("DATA_COLUMN_TYPE", {
        problem: "an attribute is not of the type it was planned with",
        expected: type,
        found: column.type,
        where: name,
      });
    }
    return this.#column((machine, instant) => {
      const value = attributeValue(column, attributeRow(machineTable, machine, instant));
      return value === undefined ? Number.NaN : number(value);
    });
  }

  /** The recommended interval of a component as of each cutoff, in hours or cycles. @throws DATA_TABLE_MISSING */
  interval(component: string): Address {
    const { schedule } = this.#fleet;
    if (schedule === undefined) throw missing("DATA_TABLE_MISSING", "a reference table is missing", "schedule", []);
    const rows = schedule.filter((row) => row.component === component);
    const lookup = referenceLookup(this.#fleet, rows, (a, b) => a.interval - b.interval);
    return this.#column((machine, instant) => {
      const interval = lookup(machine, instant)?.interval ?? Number.NaN;
      return interval > 0 ? interval : Number.NaN;
    });
  }

  /** The limits of a sensor as of each cutoff; NaN where none holds. @throws DATA_TABLE_MISSING */
  limits(sensor: string): LimitColumns {
    return this.#once(`limits ${sensor}`, () => {
      const { limits } = this.#fleet;
      if (limits === undefined) throw missing("DATA_TABLE_MISSING", "a reference table is missing", "limits", []);
      const rows = limits.filter((row) => row.sensor === sensor);
      const lookup = referenceLookup(this.#fleet, rows, (a, b) => compare(b.low, a.low) || compare(a.high, b.high));
      return {
        low: this.#column((machine, instant) => lookup(machine, instant)?.low ?? Number.NaN),
        high: this.#column((machine, instant) => lookup(machine, instant)?.high ?? Number.NaN),
      };
    });
  }

  #once<Made>(key: string, make: () => Made): Made {
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key) as Made;
  }

  #scratch(): Address {
    return this.#memory.allocate(this.#fleetRows.cutoff.length * 8);
  }

  #column(value: (machine: number, instant: number) => number): Address {
    const { machine, cutoff } = this.#fleetRows;
    return this.#memory.float64(cutoff.map((instant, row) => value(machine[row], instant)));
  }

  #tableOf(sensor: string): Telemetry {
    const table = this.#fleet.telemetry.find(({ sensors }) => Object.hasOwn(sensors, sensor));
    if (table !== undefined) return table;
    const known = this.#fleet.telemetry.flatMap(({ sensors }) => Object.keys(sensors));
    throw missing("DATA_COLUMN_MISSING", "the telemetry lacks a sensor that the model needs", sensor, known);
  }

  #eventTable(table: string) {
    if (Object.hasOwn(this.#fleet.events, table)) return this.#fleet.events[table];
    const known = Object.keys(this.#fleet.events);
    throw missing("DATA_TABLE_MISSING", "an event table that the model needs is missing", table, known);
  }

  #times(table: Telemetry): Omit<ReadingColumns, "values"> {
    return this.#once(`times ${table.name}`, () => {
      const late = table.knownAt !== table.time && table.knownAt.some((known, row) => known > table.time[row]);
      return {
        offsets: this.#memory.uint32(table.offsets),
        time: this.#memory.float64(table.time),
        knownAt: late ? this.#memory.float64(table.knownAt) : 0,
      };
    });
  }
}

function compare(a: number, b: number): number {
  return Number(a > b) - Number(a < b);
}

/** Offsets of the kept rows, which ascend. */
function regroup(offsets: Uint32Array, rows: readonly number[]): Uint32Array {
  const grouped = new Uint32Array(offsets.length);
  let kept = 0;
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    while (kept < rows.length && rows[kept] < offsets[machine + 1]) kept++;
    grouped[machine + 1] = kept;
  }
  return grouped;
}

function missing(code: `DATA_${string}`, problem: string, name: string, known: readonly string[]): ForewarnError {
  return new ForewarnError(code, { problem, expected: name, hint: didYouMean(name, known) });
}
