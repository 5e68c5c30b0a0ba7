/** The rows of all machines that some cutoff can still reach, and the features of a machine over them. */
import { compareBytes } from "../../core/order.ts";
import { compileKernels } from "../../kernels/load.ts";
import { CycleBuilder, type CycleRow } from "../cycles/cycle-builder.ts";
import { CYCLE_START } from "../cycles/cycle-schema.ts";
import type { Featurizer } from "../featurizer.ts";
import type { CheckedEvent, CheckedReading } from "./checked-rows.ts";
import { EventLists } from "./event-lists.ts";
import { type Facts, factsHold } from "./facts.ts";
import { KindCodes } from "./kind-codes.ts";
import { FIRST_SENSOR, Layout } from "./layout.ts";
import { emptyRegion, type MachineState } from "./machine-state.ts";
import { roomFor, roomOf, SMALLEST_REGION } from "./region-room.ts";
import { eventsFrom, type Reach, type Retention, readingsFrom, retentionOf } from "./retention.ts";
import { makeRoom, type Region } from "./row-store.ts";
import type { RowsSnapshot } from "./rows-snapshot.ts";
import { snapshotOf } from "./snapshot-of.ts";
import type { ReadingTable } from "./sources.ts";
import { thinned } from "./thinned.ts";

const SMALLEST_LIST = 4;

export class MachineRows {
  readonly machines = new Map<string, MachineState>();
  readonly #sources: readonly ReadingTable[];
  readonly #coverage: number;
  readonly #cycles: number;
  readonly #featurizer: Featurizer;
  readonly #late: number;
  readonly #kinds = new KindCodes();
  readonly #lists: EventLists;
  readonly #retention: Retention;
  #facts: Facts;
  #layout: Layout;

  /** @param saved rows to begin with, which were checked. Default: none */
  constructor(
    featurizer: Featurizer,
    sources: readonly ReadingTable[],
    facts: Facts,
    late: number,
    saved?: RowsSnapshot,
  ) {
    this.#featurizer = featurizer;
    this.#sources = sources;
    this.#facts = facts;
    this.#late = late;
    this.#lists = new EventLists(featurizer.plan.schema);
    this.#coverage = sources.findIndex(({ kind }) => kind === "coverage");
    this.#cycles = sources.findIndex(({ kind }) => kind === "cycles");
    this.#retention = retentionOf(featurizer.plan, sources, this.#lists);
    this.#layout = new Layout({
      featurizer,
      module: compileKernels(),
      sources,
      lists: this.#lists,
      kinds: this.#kinds,
      facts,
      rows: sources.map((_, source) => roomFor(saved?.sources[source]).rows),
      largest: sources.map((_, source) => roomFor(saved?.sources[source]).largest),
      eventRows: 64 * SMALLEST_LIST,
    });
    if (saved !== undefined) this.#fill(saved);
  }

  /** The bytes of kernel memory in use. */
  get bytes(): number {
    return this.#layout.memory.memory.buffer.byteLength;
  }

  /** A machine's state, which is kept once a row is added. */
  stateOf(name: string): MachineState {
    const known = this.machines.get(name);
    if (known !== undefined) return known;
    const { cycles } = this.#featurizer.plan.schema;
    return {
      name,
      clock: Number.NEGATIVE_INFINITY,
      tables: this.#sources.map(emptyRegion),
      events: [],
      cycles: cycles && new CycleBuilder(cycles),
      facts: undefined,
    };
  }

  hasReading(state: MachineState, source: number, time: number): boolean {
    return this.#layout.tables[source].has(state.tables[source], time);
  }

  hasEvent(state: MachineState, { table, kind, time }: CheckedEvent): boolean {
    return this.#listsFor(table, kind).some((list) => this.#eventPlace(state, list, time, kind).taken);
  }

  /** Adds a reading that is not there yet; the machine's clock then stands at `clock`. */
  addReading(state: MachineState, reading: CheckedReading, clock: number): void {
    const { source, time, knownAt, values } = reading;
    const { sensors, tells } = this.#sources[source];
    const covers = this.#layout.covers && values.some((value, i) => i < sensors.length && !Number.isNaN(value));
    this.#makeRoom(source, state);
    if (covers) this.#makeRoom(this.#coverage, state);
    if (state.cycles !== undefined) this.#makeRoom(this.#cycles, state);
    state.clock = clock;
    this.machines.set(state.name, state);
    this.#write(state, source, reading);
    if (covers) this.#cover(state, time, knownAt);
    if (state.cycles === undefined) return;
    const named = Object.fromEntries(sensors.map((sensor, i) => [sensor, values[i]]));
    state.cycles.add({ time, knownAt, values: named, tells });
    this.#close(state);
  }

  /** Adds an event that is not there yet; the machine's clock then stands at `clock`. */
  addEvent(state: MachineState, event: CheckedEvent, clock: number): void {
    for (const list of this.#listsFor(event.table, event.kind)) this.#makeListRoom(list, state);
    state.clock = clock;
    this.machines.set(state.name, state);
    this.#addToLists(state, event);
    this.#close(state);
  }

  #addToLists(state: MachineState, { table, kind, time, seenAt }: CheckedEvent): void {
    const lists = this.#listsFor(table, kind);
    for (const list of lists) this.#makeListRoom(list, state);
    const code = this.#kinds.code(kind);
    for (const list of lists) {
      const { at } = this.#eventPlace(state, list, time, kind);
      const store = this.#layout.events;
      store.open(state.events[list] as Region, at);
      const [times, seen, kinds] = store.columns;
      times[at] = time;
      seen[at] = seenAt;
      kinds[at] = code;
    }
  }

  /** The features of a machine at an instant that is not before its clock less `late`. */
  compute(state: MachineState, instant: number, into: Float32Array): void {
    const facts = this.#factsAt(state, instant);
    if (state.cycles === undefined || instant < state.clock) {
      this.#layout.compute(state, instant, facts, into);
      return;
    }
    // Whatever comes from now on may still be of a cycle that ends before the instant, so those stand there for this once.
    const { cycles } = this.#featurizer.plan.schema;
    const closed = new CycleBuilder(cycles as NonNullable<typeof cycles>, state.cycles.save()).close(instant);
    let added = 0;
    try {
      for (const cycle of closed) {
        this.#addCycle(state, cycle);
        added++;
      }
      this.#layout.compute(state, instant, facts, into);
    } finally {
      state.tables[this.#cycles].past -= added;
    }
  }

  /** Looks facts up in other ones from now on. */
  setFacts(facts: Facts): void {
    const before = this.#facts;
    this.#facts = facts;
    try {
      this.#layout = this.#rebuilt({});
    } catch (error) {
      this.#facts = before;
      throw error;
    }
    for (const state of this.machines.values()) state.facts = undefined;
  }

  /** All that there is. */
  snapshot(): RowsSnapshot {
    const states = [...this.machines.values()].sort((a, b) => compareBytes(a.name, b.name));
    return snapshotOf(states, this.#layout, this.#lists, this.#kinds);
  }

  #fill({ machines, clock, sources, events, kinds, cycles }: RowsSnapshot): void {
    const { cycles: schema } = this.#featurizer.plan.schema;
    for (const [machine, name] of machines.entries()) {
      const builder = schema && new CycleBuilder(schema, cycles[machine]);
      const state = { ...this.stateOf(name), clock: clock[machine], cycles: builder };
      this.machines.set(name, state);
      for (const [source, { offsets, columns }] of sources.entries()) {
        const [from, to] = [offsets[machine], offsets[machine + 1]];
        if (from === to) continue;
        const store = this.#layout.tables[source];
        const capacity = roomOf(to - from);
        const start = store.reserve(capacity);
        state.tables[source] = { start, first: start, past: start + to - from, capacity };
        for (const [i, column] of columns.entries()) store.columns[i].set(column.subarray(from, to), start);
        store.settle(state.tables[source]);
      }
      for (const { table, offsets, time, seenAt, kind } of events)
        for (let row = offsets[machine]; row < offsets[machine + 1]; row++)
          this.#addToLists(state, { table, kind: kinds[kind[row]], time: time[row], seenAt: seenAt[row] });
    }
  }

  #factsAt(state: MachineState, instant: number): Float64Array {
    const held = state.facts;
    if (held !== undefined && held.from <= instant && instant < held.until) return held.values;
    const machine = this.#facts.index.get(state.name) ?? this.#facts.machines.length;
    const values = Float64Array.from(this.#layout.facts, ({ value }) => value(machine, instant));
    state.facts = { values, ...factsHold(this.#facts, machine, instant) };
    return values;
  }

  #listsFor(table: string, kind: string): number[] {
    return this.#lists.ofTable(table).filter((list) => {
      const wanted = this.#lists.all[list].kind;
      return wanted === undefined || wanted === kind;
    });
  }

  #write(state: MachineState, source: number, { time, knownAt, values }: Omit<CheckedReading, "source">): void {
    const store = this.#layout.tables[source];
    const region = state.tables[source];
    const at = store.find(region, time);
    store.open(region, at);
    const { columns } = store;
    columns[0][at] = time;
    columns[1][at] = knownAt;
    for (let i = FIRST_SENSOR; i < columns.length; i++) columns[i][at] = values[i - FIRST_SENSOR];
    store.settle(region, at);
  }

  /** The coverage knows an instant as soon as the first of its rows is known. */
  #cover(state: MachineState, time: number, knownAt: number): void {
    const store = this.#layout.tables[this.#coverage];
    const region = state.tables[this.#coverage];
    if (store.has(region, time)) {
      const at = store.find(region, time);
      store.columns[1][at] = Math.min(store.columns[1][at], knownAt);
    } else {
      this.#write(state, this.#coverage, { time, knownAt, values: ONE });
    }
  }

  /** Adds the cycles that no row can join any more, whenever it comes. */
  #close(state: MachineState): void {
    for (const cycle of state.cycles?.close(state.clock - 1) ?? []) this.#addCycle(state, cycle);
  }

  #addCycle(state: MachineState, { start, end, knownAt, values }: CycleRow): void {
    this.#makeRoom(this.#cycles, state);
    const { sensors } = this.#sources[this.#cycles];
    const row = Float64Array.from(sensors, (sensor) => (sensor === CYCLE_START ? start : values[sensor]));
    this.#write(state, this.#cycles, { time: end, knownAt, values: row });
  }

  #makeRoom(source: number, state: MachineState): void {
    const region = state.tables[source];
    const { capacity, start, past } = region;
    if (past + 1 >= start + capacity) {
      const frontier = state.clock - this.#late;
      const reach = this.#retention.tables[source];
      const from = readingsFrom(reach, state, this.#layout.events, frontier);
      const { since, counted } = reach;
      thinned(this.#layout.tables[source], region, { from, frontier, counted, anchored: since.length > 0 });
      while (!makeRoom(this.#layout.tables[source], region, SMALLEST_REGION))
        this.#layout = this.#rebuilt({ source, largest: Math.max(SMALLEST_REGION, capacity * 2), grow: true });
    }
    // Asked each time: where building failed before, the room that kernels have is still too small.
    if (region.capacity > this.#layout.options.largest[source])
      this.#layout = this.#rebuilt({ source, largest: region.capacity });
  }

  #makeListRoom(list: number, state: MachineState): void {
    state.events[list] ??= emptyRegion();
    const region = state.events[list];
    if (region.past + 1 < region.start + region.capacity) return;
    const store = this.#layout.events;
    const reach = this.#retention.events.get(this.#lists.all[list].table) as Reach;
    const from = eventsFrom(reach, list, state, store, state.clock - this.#late);
    while (region.first < region.past && store.columns[0][region.first] < from) region.first++;
    while (!makeRoom(this.#layout.events, region, SMALLEST_LIST)) this.#layout = this.#rebuilt({ events: true });
  }

  #eventPlace(state: MachineState, list: number, time: number, kind: string): { at: number; taken: boolean } {
    const region = state.events[list];
    const store = this.#layout.events;
    if (region === undefined) return { at: 0, taken: false };
    const [times, , kinds] = store.columns;
    let at = store.find(region, time);
    while (at < region.past && times[at] === time && compareBytes(this.#kinds.name(kinds[at]), kind) < 0) at++;
    return { at, taken: at < region.past && times[at] === time && this.#kinds.name(kinds[at]) === kind };
  }

  /** The layout with more room, or by other facts; rows stay where they are. */
  #rebuilt({ source, largest = 0, grow = false, events = false }: Growth): Layout {
    const { options, tables, events: list } = this.#layout;
    const layout = new Layout({
      ...options,
      facts: this.#facts,
      rows: options.rows.map((rows, i) => (i === source && grow ? Math.max(rows, largest) * 2 : rows)),
      largest: options.largest.map((most, i) => (i === source ? Math.max(most, largest) : most)),
      eventRows: events ? options.eventRows * 2 : options.eventRows,
    });
    for (const [i, store] of tables.entries()) layout.tables[i].copy(store);
    layout.events.copy(list);
    for (const state of this.machines.values())
      for (const [i, region] of state.tables.entries()) layout.tables[i].settle(region);
    return layout;
  }
}

interface Growth {
  source?: number;
  /** The most rows of a machine in that source. */
  largest?: number;
  /** More rows in all in that source. Default: false. */
  grow?: boolean;
  /** More events. Default: false. */
  events?: boolean;
}

const ONE = Float64Array.of(1);
