/** The featurizer for rows that come one at a time: the very bits of the batch path, from what its windows and anchors can reach. */
import { ForewarnError } from "../../core/errors.ts";
import { shownJson } from "../../core/json.ts";
import { compareBytes } from "../../core/order.ts";
import { durationLength, instantName } from "../../core/time.ts";
import { type Featurizer, featurizerHash } from "../featurizer.ts";
import { machineName, requireText, wrongType } from "../plain/checked-value.ts";
import { type Instant, instantOf } from "../plain/instant-of.ts";
import type { FeaturePlan } from "../plan.ts";
import { type FactRows, factsOf, mergedFacts, plainFacts } from "./facts.ts";
import { MachineRows } from "./machine-rows.ts";
import type { MachineState } from "./machine-state.ts";
import type { OnlineOptions, OnlineState } from "./online-options.ts";
import { type ReadingTable, readingTables } from "./sources.ts";
import { encodeState } from "./state-file.ts";

/** A row of a telemetry table. Members that are no sensors of the featurizer's are not looked at. */
export interface OnlineReading {
  machine: string | number;
  time: Instant;
  /** Default: the `now` it is added with, else when the machine's newest row was. Never before `time`. */
  knownAt?: Instant;
  /** Its sensors' readings; null, undefined and NaN are missing. */
  readonly [sensor: string]: unknown;
}

export interface OnlineEvent {
  machine: string | number;
  time: Instant;
  /** Default: "". */
  kind?: string;
  /** As in `OnlineReading`. */
  knownAt?: Instant;
}

export interface AddOptions {
  /** The clock's time. Default: that of the machine's newest row, this one included. */
  now?: Instant;
}

export interface AddReadingOptions extends AddOptions {
  /** The telemetry table. Default: the only one. */
  table?: string;
}

/** A featurizer over rows that come one at a time; `onlineFeaturizer` makes one. */
export class OnlineFeaturizer {
  readonly names: readonly string[];
  /** Rows that came too late, and were dropped. */
  dropped: number;
  readonly #featurizer: Featurizer;
  readonly #plan: FeaturePlan;
  readonly #sources: readonly ReadingTable[];
  readonly #late: number;
  readonly #tooLate: "refuse" | "drop";
  readonly #rows: MachineRows;
  readonly #values: readonly Float64Array[];
  #options: OnlineOptions;

  /** @param saved what `save` kept, which was checked. Default: nothing has come */
  constructor(featurizer: Featurizer, options: OnlineOptions, saved?: Pick<OnlineState, "rows" | "dropped">) {
    const { schema } = featurizer.plan;
    this.names = featurizer.names;
    this.dropped = saved?.dropped ?? 0;
    this.#featurizer = featurizer;
    this.#plan = featurizer.plan;
    this.#options = { ...options, ...plainFacts(options, schema.time) };
    this.#sources = readingTables(schema, options.telemetry);
    this.#late = options.late === undefined ? 0 : durationLength(options.late, schema.time, "late");
    this.#tooLate = options.tooLate ?? "refuse";
    this.#values = this.#sources.map(({ sensors }) => new Float64Array(sensors.length));
    this.#rows = new MachineRows(featurizer, this.#sources, factsOf(options, schema), this.#late, saved?.rows);
  }

  /** The names of the machines that have a row, sorted by bytes. */
  get machines(): readonly string[] {
    return [...this.#rows.machines.keys()].sort(compareBytes);
  }

  /** The memory that rows lie in, in bytes. */
  get bytes(): number {
    return this.#rows.bytes;
  }

  /**
   * Adds a row of telemetry.
   * @returns false where it came too late and was dropped
   * @throws TIME_TOO_LATE, DATA_DUPLICATE where the machine has a row of that time, DATA_COLUMN_TYPE, DATA_COLUMN_MISSING, DATA_INSTANT;
   * then nothing is added
   */
  addReading(reading: OnlineReading, { table, now }: AddReadingOptions = {}): boolean {
    const source = this.#sourceOf(table);
    const state = this.#stateOf(reading.machine);
    const time = this.#instant(reading.time, "time");
    const clock = this.#clockAfter(state, time, now);
    if (this.#isTooLate(state, time, clock)) return false;
    const knownAt = this.#knownAt(reading.knownAt, time, clock);
    const values = this.#values[source];
    readValues(reading, this.#sources[source].sensors, values);
    if (this.#rows.hasReading(state, source, time)) throw this.#duplicate(state, time, table);
    this.#rows.addReading(state, { source, time, knownAt, values }, clock);
    return true;
  }

  /**
   * Adds a record of an event table; of a table that the featurizer does not read nothing is kept.
   * @returns false where it came too late and was dropped
   * @throws as `addReading`; an event's key is its machine, time and kind
   */
  addEvent(table: string, event: OnlineEvent, { now }: AddOptions = {}): boolean {
    const { kind = "" } = event;
    requireText(kind, "kind");
    const state = this.#stateOf(event.machine);
    const time = this.#instant(event.time, "time");
    const clock = this.#clockAfter(state, time, now);
    if (this.#isTooLate(state, time, clock)) return false;
    const checked = { table, kind, time, seenAt: this.#knownAt(event.knownAt, time, clock) };
    if (this.#rows.hasEvent(state, checked)) throw this.#duplicate(state, time, table);
    this.#rows.addEvent(state, checked, clock);
    return true;
  }

  /**
   * The featurizer's columns (`names`) for a machine at a cutoff, from the rows added so far.
   * @param into where they are written. Default: a new array
   * @throws DATA_MACHINE_UNKNOWN for a machine without a row, TIME_TOO_LATE for a cutoff further back than `late`
   */
  featuresAt(
    machine: string | number,
    cutoff: Instant,
    into: Float32Array = new Float32Array(this.names.length),
  ): Float32Array {
    const state = this.#rows.machines.get(machineName(machine, "machine"));
    if (state === undefined)
      throw new ForewarnError("DATA_MACHINE_UNKNOWN", {
        problem: "no row of the machine was added",
        found: String(machine),
      });
    const instant = this.#instant(cutoff, "cutoff");
    if (instant < state.clock - this.#late)
      throw this.#tooLateError("the cutoff lies further back than rows are kept for", state, instant, state.clock);
    this.#rows.compute(state, instant, into);
    return into;
  }

  /**
   * Adds facts, or puts them in the place of those with the same key: the machine and `validFrom`, for reference tables what they match too.
   * They hold from their `validFrom` on; a cutoff before it still sees what held then. Takes milliseconds, not microseconds.
   * @throws DATA_* when a row cannot be read; then nothing is changed
   */
  addFacts(facts: FactRows): void {
    const { schema } = this.#plan;
    const merged = mergedFacts(this.#options, plainFacts(facts, schema.time));
    this.#rows.setFacts(factsOf(merged, schema));
    this.#options = { ...this.#options, ...merged };
  }

  /** All that `restoreOnlineFeaturizer` needs to go on from here, with a checksum. */
  save(): Uint8Array {
    const { telemetry, late, tooLate, machines, schedule, limits } = this.#options;
    const options: OnlineOptions = { telemetry, late, tooLate, machines, schedule, limits };
    const featurizer = featurizerHash(this.#featurizer);
    const state: OnlineState = { featurizer, options, dropped: this.dropped, rows: this.#rows.snapshot() };
    return encodeState(state);
  }

  #sourceOf(name: string | undefined): number {
    const tables = this.#sources.filter(({ kind }) => kind === "telemetry");
    if (name === undefined && tables.length === 1) return 0;
    const found = tables.findIndex((table) => table.name === name);
    if (found >= 0) return found;
    throw new ForewarnError("USAGE_TABLE", {
      problem: "no telemetry table has this name",
      expected: tables.map((table) => table.name).join(" or "),
      found: shownJson(name),
    });
  }

  #stateOf(machine: unknown): MachineState {
    return this.#rows.stateOf(machineName(machine, "machine"));
  }

  #instant(value: unknown, where: string): number {
    return instantOf(value, this.#plan.schema.time, where);
  }

  #clockAfter(state: MachineState, time: number, now: Instant | undefined): number {
    return Math.max(state.clock, now === undefined ? time : this.#instant(now, "now"));
  }

  #knownAt(given: Instant | undefined, time: number, clock: number): number {
    return Math.max(time, given === undefined || given === null ? clock : this.#instant(given, "knownAt"));
  }

  #isTooLate(state: MachineState, time: number, clock: number): boolean {
    if (time >= clock - this.#late) return false;
    if (this.#tooLate === "refuse") throw this.#tooLateError("a row comes later than is allowed", state, time, clock);
    this.dropped++;
    return true;
  }

  #tooLateError(problem: string, { name }: MachineState, instant: number, clock: number): ForewarnError {
    const { time } = this.#plan.schema;
    return new ForewarnError("TIME_TOO_LATE", {
      problem,
      expected: `from ${instantName(clock - this.#late, time)} on`,
      found: instantName(instant, time),
      where: name,
      hint: 'give a longer `late`; with tooLate: "drop" rows that are later are counted and left out',
    });
  }

  #duplicate({ name }: MachineState, time: number, table: string | undefined): ForewarnError {
    return new ForewarnError("DATA_DUPLICATE", {
      problem: "two rows have the same key",
      expected: "each key once",
      found: `${name} at ${instantName(time, this.#plan.schema.time)}`,
      where: table,
    });
  }
}

/**
 * A featurizer that takes one reading or event at a time and gives a machine's features at a cutoff: the very bits that
 * `computeFeatures` and `applyFeaturizer` give over a fleet of the same rows, each with the `knownAt` that it got here.
 *
 * A row is known from its `knownAt`, else from the `now` it is added with, else from when the machine's newest row was stamped;
 * never before its own time. Rows may come in any order as long as they lie no further than `late` behind their machine's clock.
 * @throws DATA_* when facts that the featurizer reads are not given, PIPELINE_DURATION
 */
export function onlineFeaturizer(featurizer: Featurizer, options: OnlineOptions = {}): OnlineFeaturizer {
  return new OnlineFeaturizer(featurizer, options);
}

/** @throws DATA_COLUMN_TYPE, DATA_COLUMN_MISSING when the row names none of the sensors */
function readValues(reading: OnlineReading, sensors: readonly string[], values: Float64Array): void {
  let named = sensors.length === 0;
  for (let i = 0; i < sensors.length; i++) {
    const value = reading[sensors[i]];
    if (value !== undefined) named = true;
    if (typeof value === "number") values[i] = value;
    else if (value === undefined || value === null) values[i] = Number.NaN;
    else throw wrongType(sensors[i], "a number", value);
  }
  if (named) return;
  throw new ForewarnError("DATA_COLUMN_MISSING", {
    problem: "a reading names none of the sensors",
    expected: sensors.join(", "),
    found: Object.keys(reading).join(", "),
  });
}
