/** The fleet's events laid out in kernel memory, each kind once. */
import { ForewarnError } from "../../core/errors.ts";
import type { Events, Fleet } from "../../core/fleet.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { EventColumns } from "../../kernels/calls.ts";
import type { LayoutMemory } from "../../kernels/counted-memory.ts";
import type { KindColumn, SequenceColumns } from "../../kernels/event-calls.ts";
import type { FleetSchema } from "../schema.ts";
import { allRecords, type EventRecords, recordsByKind, settledRecords } from "./event-columns.ts";
import { type SequenceSteps, sequencesOf } from "./sequences.ts";

export class EventTables {
  readonly #fleet: Fleet;
  readonly #schema: FleetSchema;
  readonly #memory: LayoutMemory;
  readonly #records = new Map<string, EventRecords>();
  readonly #byKind = new Map<string, (code: number) => EventRecords>();

  constructor(fleet: Fleet, schema: FleetSchema, memory: LayoutMemory) {
    this.#fleet = fleet;
    this.#schema = schema;
    this.#memory = memory;
  }

  /** The events of a kind, or of any. @throws DATA_TABLE_MISSING */
  events(table: string, kind: string | undefined): EventColumns {
    const records = kind === undefined ? this.#all(table) : this.#ofKind(table, kind);
    const { at, instants } = settledRecords(records);
    return {
      offsets: this.#memory.uint32(records.offsets),
      time: this.#memory.float64(records.time),
      seenAt: this.#memory.float64(records.seenAt),
      settled: { at: this.#memory.float64(at), instants: this.#memory.uint32(instants) },
      outcome: this.#schema.events[table].outcome,
    };
  }

  /** The kinds of a table's events, in the order of its events of any kind; -2 is the code of a kind that none has. */
  kinds(table: string): KindColumn {
    const { kind, kinds } = this.#table(table);
    const codes = new Map(kinds.map((name, code) => [name, code]));
    return { kind: this.#memory.float64(kind), code: (name) => codes.get(name) ?? -2 };
  }

  /** The sequences of kinds among all events, as if none were late. */
  sequences(table: string, steps: SequenceSteps): SequenceColumns {
    const { offsets, starts, ended } = sequencesOf(this.#table(table), steps);
    // Room for as many as there are events, so that what is needed of memory is known from their number alone.
    const address = this.#memory.allocate(ended.length * 8);
    this.#memory.viewFloat64(address, starts.length).set(starts);
    return { offsets: this.#memory.uint32(offsets), starts: address, ended: this.#memory.uint32(ended) };
  }

  #all(table: string): EventRecords {
    const made = this.#records.get(table) ?? allRecords(this.#table(table));
    this.#records.set(table, made);
    return made;
  }

  #ofKind(table: string, kind: string): EventRecords {
    const events = this.#table(table);
    const byKind = this.#byKind.get(table) ?? recordsByKind(events, this.#all(table));
    this.#byKind.set(table, byKind);
    return byKind(events.kinds.indexOf(kind));
  }

  #table(table: string): Events {
    if (Object.hasOwn(this.#fleet.events, table)) return this.#fleet.events[table];
    throw new ForewarnError("DATA_TABLE_MISSING", {
      problem: "an event table that the model needs is missing",
      expected: table,
      hint: didYouMean(table, Object.keys(this.#fleet.events)),
    });
  }
}
