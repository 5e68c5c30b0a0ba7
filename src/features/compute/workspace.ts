/** What features compute with: the fleet's columns laid out in kernel memory once, and the list of kernel calls to run. */
import type { Fleet, Telemetry } from "../../core/fleet.ts";
import type { Cutoffs } from "../../core/matrix.ts";
import {
  boundsCall,
  type EventColumns,
  HELD_BYTES,
  heldTimeCall,
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
import { type DescribeStep, describeCall, describeProgram } from "../../kernels/describe-call.ts";
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
import { CYCLE_START, measuredSensors } from "../cycles/cycle-schema.ts";
import type { FeaturePlan } from "../plan.ts";
import type { FleetSchema } from "../schema.ts";
import { CallList } from "./call-list.ts";
import { coverageOf } from "./coverage.ts";
import { EventTables } from "./event-tables.ts";
import { type FleetRows, fleetRows } from "./fleet-rows.ts";
import { attributeFact, type Fact, intervalFact, limitFacts } from "./machine-facts.ts";
import { Once } from "./once.ts";
import type { SequenceSteps } from "./sequences.ts";
import { type TableTimes, TelemetryTables } from "./telemetry-tables.ts";

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
export class Workspace extends CallList {
  readonly #fleet: Fleet;
  readonly #schema: FleetSchema;
  readonly #memory: LayoutMemory;
  readonly #fleetRows: FleetRows;
  readonly #once = new Once();
  readonly #telemetry: TelemetryTables;
  readonly #events: EventTables;

  constructor(fleet: Fleet, plan: FeaturePlan, cutoffs: Cutoffs, memory: LayoutMemory) {
    const rows = fleetRows(fleet, cutoffs);
    super(fleet, plan, rows, memory);
    this.#fleet = fleet;
    this.#schema = plan.schema;
    this.#memory = memory;
    this.#fleetRows = rows;
    this.#telemetry = new TelemetryTables(fleet, memory);
    this.#events = new EventTables(fleet, plan.schema, memory);
  }

  /** A sensor's readings. @throws DATA_COLUMN_MISSING */
  readings(sensor: string): ReadingColumns {
    return this.#once.of(`readings ${sensor}`, () => {
      const table = this.#telemetry.tableOf(sensor);
      return { ...this.times(table), values: this.#memory.float64(table.sensors[sensor]) };
    });
  }

  /** Readings that are there whenever any of the schema's sensors is: the time that telemetry covers. */
  coverage(): ReadingColumns {
    return this.#once.of("coverage", () => {
      const sensors = measuredSensors(this.#schema);
      const tables = new Set(sensors.map((sensor) => this.#telemetry.tableOf(sensor)));
      const covered = coverageOf(this.#fleet, [...tables], sensors);
      return { ...this.times(covered), values: this.#memory.float64(covered.sensors["covered"]) };
    });
  }

  /** The rows of each cutoff's window over a sensor's telemetry table. */
  window(sensor: string, { length, shift = 0, resetOn, counted = false }: Window): WindowColumns {
    const table = this.#telemetry.tableOf(sensor);
    return this.#once.of(`window ${JSON.stringify([table.name, length, shift, resetOn, counted])}`, () => {
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
      const table = this.#telemetry.tableOf(sensor);
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
    return this.#once.of(`lastReading ${JSON.stringify([sensor, length, shift, resetOn, counted])}`, () => {
      const out = this.#scratch();
      this.call(lastReadingCall(this.rows, this.readings(sensor), this.window(sensor, window), out));
      return out;
    });
  }

  /** The events of a kind, or of any. @throws DATA_TABLE_MISSING */
  events(table: string, kind: string | undefined): EventColumns {
    return this.#once.of(`events ${JSON.stringify([table, kind])}`, () => this.#events.events(table, kind));
  }

  /** The kinds of a table's events, in the order of its events of any kind. @throws DATA_TABLE_MISSING */
  kinds(table: string): KindColumn {
    return this.#once.of(`kinds ${table}`, () => this.#events.kinds(table));
  }

  /** Where kinds of events followed each other; undefined where that is not known beforehand. @throws DATA_TABLE_MISSING */
  sequences(table: string, steps: SequenceSteps): SequenceColumns | undefined {
    return this.#once.of(`sequences ${JSON.stringify([table, steps])}`, () => this.#events.sequences(table, steps));
  }

  /** The code of the kind of a window's last visible event, of those at one instant of the first by bytes; -1 where there is none. */
  lastKind(table: string, { length, resetOn }: Window): Address {
    return this.#once.of(`lastKind ${JSON.stringify([table, length, resetOn])}`, () => {
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
    return this.#once.of(`lastEvent ${JSON.stringify([table, kind])}`, () => {
      const out = this.#scratch();
      this.call(lastEventCall(this.rows, this.events(table, kind), out));
      return out;
    });
  }

  /** The running sums of held time for `usedTime`; 0 where it has to add anew at every cutoff. */
  heldTime(readings: ReadingColumns, rule: UseRule): Address {
    return this.#once.of(`heldTime ${JSON.stringify([readings.values, rule.above, rule.hold])}`, () => {
      const out = this.#memory.allocate(this.#telemetry.length(readings.time) * HELD_BYTES);
      this.preparations.push(heldTimeCall(readings, rule, out));
      return out;
    });
  }

  /** When each machine's parts began to age (one value a machine): its `commissionedAt`, else 0 for counters, else NaN. */
  commissioned(): Address {
    return this.#once.of("commissioned", () => {
      const known = this.#fleet.machineTable?.commissionedAt;
      const otherwise = this.#fleet.time === "cycles" ? 0 : Number.NaN;
      const at = this.#fleet.machines.map((_, machine) => known?.[machine] ?? Number.NaN);
      return this.#memory.float64(at.map((instant) => (Number.isNaN(instant) ? otherwise : instant)));
    });
  }

  /** A number made of an attribute's value as of each cutoff, NaN where that is missing. @throws DATA_COLUMN_MISSING, DATA_COLUMN_TYPE */
  attribute(name: string, number: (value: string | number) => number): Address {
    return this.asOf(attributeFact(this.#fleet, this.#schema, name, number));
  }

  /** The recommended interval of a component as of each cutoff, in hours or cycles. @throws DATA_TABLE_MISSING */
  interval(component: string): Address {
    return this.asOf(intervalFact(this.#fleet, component));
  }

  /** The limits of a sensor as of each cutoff; NaN where none holds. @throws DATA_TABLE_MISSING */
  limits(sensor: string): LimitColumns {
    return this.#once.of(`limits ${sensor}`, () => {
      const { low, high } = limitFacts(this.#fleet, sensor);
      return { low: this.asOf(low), high: this.asOf(high) };
    });
  }

  #scratch(): Address {
    return this.#memory.allocate(this.#fleetRows.cutoff.length * 8);
  }

  /** A column of what a machine's facts say at each cutoff. */
  protected asOf(value: Fact): Address {
    const { machine, cutoff } = this.#fleetRows;
    return this.#memory.float64(cutoff.map((instant, row) => value(machine[row], instant)));
  }

  /** How many rows a window has at most. */
  #largest(sensor: string, { length, counted }: Window): number {
    if (counted) return length;
    return this.#telemetry.largest(this.#telemetry.tableOf(sensor), length);
  }

  /** Up to four sensors of a table side by side. */
  protected lanes(table: Telemetry, sensors: readonly string[]): LaneColumns {
    return { ...this.times(table), ...this.#telemetry.lanes(table, sensors) };
  }

  /** The groups of which a window is assembled; undefined where every row has one of its own. */
  protected groups(table: Telemetry, window: number): (GroupColumns & { groups: number }) | undefined {
    return this.#telemetry.groups(table, window);
  }

  /** The moments of each group, all of its readings known. */
  #moments(lanes: LaneColumns, groups: GroupColumns & { groups: number }): Address {
    return this.#once.of(`moments ${JSON.stringify([lanes.lanes, groups.groupOf])}`, () => {
      const out = this.#memory.allocate(groups.groups * momentBytes(lanes.width));
      this.preparations.push(groupMomentsCall(lanes, groups, out));
      return out;
    });
  }

  /** When each operating cycle began. */
  protected cycleStarts(table: string, start: Float64Array): Address {
    return this.#once.of(`starts ${table}`, () => this.#memory.float64(start));
  }

  /** When a table's readings were taken, and when they became known. */
  protected times(table: Telemetry): TableTimes {
    return this.#telemetry.times(table);
  }
}
