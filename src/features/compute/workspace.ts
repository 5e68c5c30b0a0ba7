/** What features compute with: the fleet's columns laid out in kernel memory once, and the list of kernel calls to run. */
import { ForewarnError } from "../../core/errors.ts";
import type { Fleet, Telemetry } from "../../core/fleet.ts";
import type { Cutoffs } from "../../core/matrix.ts";
import { didYouMean } from "../../core/suggest.ts";
import {
  boundsCall,
  type CutoffColumns,
  type EventColumns,
  HELD_BYTES,
  heldTimeCall,
  type KernelCall,
  type LimitColumns,
  lastEventCall,
  lastReadingCall,
  type ReadingColumns,
  type RollingStatistic,
  type UseRule,
  type WindowColumns,
} from "../../kernels/calls.ts";
import type { LayoutMemory } from "../../kernels/counted-memory.ts";
import { cycleBoundsCall } from "../../kernels/cycle-calls.ts";
import { type DescribeStep, describeCall, describeProgram, largestWindow } from "../../kernels/describe-call.ts";
import { type KindColumn, lastKindCall, type SequenceColumns } from "../../kernels/event-calls.ts";
import type { Address } from "../../kernels/memory.ts";
import { type QuantileStep, quantilesCall, quantilesProgram } from "../../kernels/quantiles-call.ts";
import {
  type GroupColumns,
  groupMomentsCall,
  type LaneColumns,
  momentBytes,
  rollingCall,
  rollingTable,
} from "../../kernels/rolling-call.ts";
import type { ModuleCall } from "../custom/module-call.ts";
import { CYCLE_START, measuredSensors } from "../cycles/cycle-schema.ts";
import type { FeaturePlan } from "../plan.ts";
import type { FleetSchema } from "../schema.ts";
import { attributeRow, attributeValue, referenceLookup } from "./as-of.ts";
import { coverageOf } from "./coverage.ts";
import { EventTables } from "./event-tables.ts";
import { type FleetRows, fleetRows } from "./fleet-rows.ts";
import { blockLength, groupsOf, interleave, smallestSpacing } from "./lanes.ts";
import type { SequenceSteps } from "./sequences.ts";

/** A window (t - shift - length, t - shift], cut off at the last visible record of `resetOn`. */
export interface Window {
  length: number;
  shift?: number;
  resetOn?: string;
  /** Whether `length` and `shift` count operating cycles; else they are in the fleet's time unit. Default: false. */
  counted?: boolean;
}

/** The float32 columns of a sensor's statistics over a window; 0 or absent: not wanted. */
export type RollingColumns = Partial<Record<RollingStatistic, Address>>;

/** Addresses are of float64 columns with one value a cutoff where nothing else is said. Whatever is asked for twice is made once. */
export class Workspace {
  readonly rows: CutoffColumns;
  /** Calls to run over machines, before all others. */
  readonly preparations: KernelCall[] = [];
  /** Calls to run over cutoffs, in order. */
  readonly calls: KernelCall[] = [];
  /** Calls of users' own functions, to run over cutoffs after all others. */
  readonly moduleCalls: ModuleCall[] = [];
  readonly #fleet: Fleet;
  readonly #schema: FleetSchema;
  readonly #memory: LayoutMemory;
  readonly #fleetRows: FleetRows;
  readonly #made = new Map<string, unknown>();
  readonly #events: EventTables;
  readonly #wanted: ReadonlySet<string>;
  readonly #outputs = new Map<string, Address>();
  /** How many readings there are at an address of times. */
  readonly #lengths = new Map<Address, number>();

  constructor(fleet: Fleet, plan: FeaturePlan, cutoffs: Cutoffs, memory: LayoutMemory) {
    this.#fleet = fleet;
    this.#schema = plan.schema;
    this.#wanted = new Set(plan.rawNames);
    this.#memory = memory;
    this.#fleetRows = fleetRows(fleet, cutoffs);
    this.#events = new EventTables(fleet, plan.schema, memory);
    this.rows = { machine: memory.uint32(this.#fleetRows.machine), cutoff: memory.float64(cutoffs.cutoff) };
  }

  /** Adds a call; one that would fill no wanted column is left out. */
  call(call: KernelCall): void {
    if (call.emits?.every((column) => column === 0)) return;
    this.calls.push(call);
  }

  /** Adds a call of a user's own function, which runs after the kernels. */
  callModule(call: Omit<ModuleCall, "rows" | "machines" | "time">): void {
    const { machines, time } = this.#fleet;
    this.moduleCalls.push({ ...call, rows: this.rows, machines, time });
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
      return { ...this.times(table), values: this.#memory.float64(table.sensors[sensor]) };
    });
  }

  /** Readings that are there whenever any of the schema's sensors is: the time that telemetry covers. */
  coverage(): ReadingColumns {
    return this.#once("coverage", () => {
      const sensors = measuredSensors(this.#schema);
      const tables = new Set(sensors.map((sensor) => this.#tableOf(sensor)));
      const covered = coverageOf(this.#fleet, [...tables], sensors);
      return { ...this.times(covered), values: this.#memory.float64(covered.sensors["covered"]) };
    });
  }

  /** The rows of each cutoff's window over a sensor's telemetry table. */
  window(sensor: string, { length, shift = 0, resetOn, counted = false }: Window): WindowColumns {
    const table = this.#tableOf(sensor);
    return this.#once(`window ${JSON.stringify([table.name, length, shift, resetOn, counted])}`, () => {
      const bytes = this.#fleetRows.cutoff.length * 4;
      const anchor = resetOn === undefined ? 0 : this.lastEvent(resetOn, undefined);
      const out = { first: this.#memory.allocate(bytes), past: this.#memory.allocate(bytes) };
      const cycleStart: Float64Array | undefined = table.sensors[CYCLE_START];
      if (cycleStart === undefined) {
        const times = this.times(table);
        this.call(boundsCall(this.rows, times, { length, shift, anchor }, out));
        return { ...out, allKnown: times.inOrder };
      } else {
        const start = this.cycleStarts(table.name, cycleStart);
        const window = { counted, length, shift, anchor };
        this.call(cycleBoundsCall(this.rows, this.times(table), start, window, out));
      }
      return out;
    });
  }

  /** Moments, extremes and ends of a window, the slope among them per `unit`: by sensor the float32 columns of its statistics. */
  rolling(sensors: ReadonlyMap<string, RollingColumns>, window: Window, unit: number): void {
    const tables = new Map<Telemetry, string[]>();
    for (const sensor of sensors.keys()) {
      const table = this.#tableOf(sensor);
      tables.set(table, [...(tables.get(table) ?? []), sensor]);
    }
    for (const [table, all] of tables) {
      for (let from = 0; from < all.length; from += 4) {
        const some = all.slice(from, from + 4);
        const columns = rollingTable(some.map((sensor) => sensors.get(sensor) ?? {}));
        if (columns.every((column) => column === 0)) continue;
        const lanes = this.lanes(table, some);
        const groups = window.counted ? undefined : this.groups(table, window.length);
        const rows = this.window(some[0], window);
        const late = lanes.knownAt !== 0 && !rows.allKnown;
        const moments = groups === undefined || late ? 0 : this.#moments(lanes, groups);
        const options = { unit, columns, table: this.#memory.uint32(columns), groups, moments };
        this.call(rollingCall(this.rows, lanes, rows, options));
      }
    }
  }

  /** Exact order statistics of a window. */
  quantiles(sensor: string, window: Window, steps: readonly QuantileStep[]): void {
    const wanted = steps.filter(({ out }) => out !== 0);
    if (wanted.length === 0) return;
    const largest = this.#largest(sensor, window);
    const program = this.#memory.float64(quantilesProgram(wanted));
    const options = { steps: wanted, program, largest };
    this.call(quantilesCall(this.rows, this.readings(sensor), this.window(sensor, window), options));
  }

  /** Statistics of a window's readings laid out in a row, the slopes and times among them per `unit`. */
  describe(sensor: string, window: Window, unit: number, steps: readonly DescribeStep[]): void {
    const wanted = steps.filter(({ out }) => out !== 0);
    if (wanted.length === 0) return;
    const largest = this.#largest(sensor, window);
    const program = this.#memory.float64(describeProgram(wanted));
    const options = { steps: wanted, program, unit, largest };
    this.call(describeCall(this.rows, this.readings(sensor), this.window(sensor, window), options));
  }

  /** The newest known reading of a sensor in a window. */
  lastReading(sensor: string, window: Window): Address {
    const { length, shift = 0, resetOn, counted = false } = window;
    return this.#once(`lastReading ${JSON.stringify([sensor, length, shift, resetOn, counted])}`, () => {
      const out = this.#scratch();
      this.call(lastReadingCall(this.rows, this.readings(sensor), this.window(sensor, window), out));
      return out;
    });
  }

  /** The events of a kind, or of any. @throws DATA_TABLE_MISSING */
  events(table: string, kind: string | undefined): EventColumns {
    return this.#once(`events ${JSON.stringify([table, kind])}`, () => this.#events.events(table, kind));
  }

  /** The kinds of a table's events, in the order of its events of any kind. @throws DATA_TABLE_MISSING */
  kinds(table: string): KindColumn {
    return this.#once(`kinds ${table}`, () => this.#events.kinds(table));
  }

  /** Where kinds of events followed each other; undefined where that is not known beforehand. @throws DATA_TABLE_MISSING */
  sequences(table: string, steps: SequenceSteps): SequenceColumns | undefined {
    return this.#once(`sequences ${JSON.stringify([table, steps])}`, () => this.#events.sequences(table, steps));
  }

  /** The code of the kind of a window's last visible event, of those at one instant of the first by bytes; -1 where there is none. */
  lastKind(table: string, { length, resetOn }: Window): Address {
    return this.#once(`lastKind ${JSON.stringify([table, length, resetOn])}`, () => {
      const out = this.#scratch();
      const anchor = resetOn === undefined ? 0 : this.lastEvent(resetOn, undefined);
      const { kind } = this.kinds(table);
      this.call(lastKindCall(this.rows, this.events(table, undefined), kind, { length, anchor }, out));
      return out;
    });
  }

  /** Numbers that a kernel reads, float64. */
  numbers(values: readonly number[]): Address {
    return this.#memory.float64(values);
  }

  /** The instant of the last visible event of a kind, or of any; NaN where there is none. */
  lastEvent(table: string, kind: string | undefined): Address {
    return this.#once(`lastEvent ${JSON.stringify([table, kind])}`, () => {
      const out = this.#scratch();
      this.call(lastEventCall(this.rows, this.events(table, kind), out));
      return out;
    });
  }

  /** The running sums of held time for `usedTime`; 0 where it has to add anew at every cutoff. */
  heldTime(readings: ReadingColumns, rule: UseRule): Address {
    return this.#once(`heldTime ${JSON.stringify([readings.values, rule.above, rule.hold])}`, () => {
      const out = this.#memory.allocate((this.#lengths.get(readings.time) ?? 0) * HELD_BYTES);
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
    return this.asOf((machine, instant) => {
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
    return this.asOf((machine, instant) => {
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
        low: this.asOf((machine, instant) => lookup(machine, instant)?.low ?? Number.NaN),
        high: this.asOf((machine, instant) => lookup(machine, instant)?.high ?? Number.NaN),
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

  /** A column of what a machine's facts say at each cutoff. */
  protected asOf(value: (machine: number, instant: number) => number): Address {
    const { machine, cutoff } = this.#fleetRows;
    return this.#memory.float64(cutoff.map((instant, row) => value(machine[row], instant)));
  }

  #tableOf(sensor: string): Telemetry {
    const table = this.#fleet.telemetry.find(({ sensors }) => Object.hasOwn(sensors, sensor));
    if (table !== undefined) return table;
    const known = this.#fleet.telemetry.flatMap(({ sensors }) => Object.keys(sensors));
    throw missing("DATA_COLUMN_MISSING", "the telemetry lacks a sensor that the model needs", sensor, known);
  }

  /** How many rows a window has at most. */
  #largest(sensor: string, { length, counted }: Window): number {
    if (counted) return length;
    const { name, offsets, time } = this.#tableOf(sensor);
    return this.#once(`largest ${JSON.stringify([name, length])}`, () => largestWindow(offsets, time, length));
  }

  /** Up to four sensors of a table side by side. */
  protected lanes(table: Telemetry, sensors: readonly string[]): LaneColumns {
    return this.#once(`lanes ${JSON.stringify(sensors)}`, () => {
      const width = sensors.length > 2 ? 4 : 2;
      const values = sensors.map((sensor) => table.sensors[sensor]);
      const lanes = this.#memory.allocate(table.time.length * width * 8);
      interleave(values, width, this.#memory.viewFloat64(lanes, table.time.length * width));
      return { ...this.times(table), lanes, width };
    });
  }

  /** The groups of which a window is assembled; undefined where every row has one of its own. */
  protected groups(table: Telemetry, window: number): (GroupColumns & { groups: number }) | undefined {
    const block = blockLength(window);
    if (this.#once(`spacing ${table.name}`, () => smallestSpacing(table)) >= block) return undefined;
    return this.#once(`groups ${JSON.stringify([table.name, block])}`, () => {
      const { groupOf, starts } = groupsOf(table, block);
      const groups = starts.length - 1;
      return { groupOf: this.#memory.uint32(groupOf), starts: this.#memory.uint32(starts), groups };
    });
  }

  /** The moments of each group, all of its readings known. */
  #moments(lanes: LaneColumns, groups: GroupColumns & { groups: number }): Address {
    return this.#once(`moments ${JSON.stringify([lanes.lanes, groups.groupOf])}`, () => {
      const out = this.#memory.allocate(groups.groups * momentBytes(lanes.width));
      this.preparations.push(groupMomentsCall(lanes, groups, out));
      return out;
    });
  }

  /** When each operating cycle began. */
  protected cycleStarts(table: string, start: Float64Array): Address {
    return this.#once(`starts ${table}`, () => this.#memory.float64(start));
  }

  /** When a table's readings were taken, and when they became known. */
  protected times(table: Telemetry): Omit<ReadingColumns, "values"> {
    return this.#once(`times ${table.name}`, () => {
      const late = table.knownAt !== table.time && table.knownAt.some((known, row) => known > table.time[row]);
      const time = this.#memory.float64(table.time);
      this.#lengths.set(time, table.time.length);
      return {
        offsets: this.#memory.uint32(table.offsets),
        time,
        knownAt: late ? this.#memory.float64(table.knownAt) : 0,
        inOrder: late && ascending(table.offsets, table.knownAt),
      };
    });
  }
}

/** Whether the values of each machine never fall. */
function ascending(offsets: Uint32Array, values: Float64Array): boolean {
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    for (let row = offsets[machine] + 1; row < offsets[machine + 1]; row++) {
      if (!(values[row] >= values[row - 1])) return false;
    }
  }
  return true;
}

function compare(a: number, b: number): number {
  return Number(a > b) - Number(a < b);
}

function missing(code: `DATA_${string}`, problem: string, name: string, known: readonly string[]): ForewarnError {
  return new ForewarnError(code, { problem, expected: name, hint: didYouMean(name, known) });
}
