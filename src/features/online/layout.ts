/** Kernel memory that holds the rows of all machines, and the plan's calls over it for one row of one machine. */
import type { Events, Fleet, Telemetry } from "../../core/fleet.ts";
import type { KernelModule } from "../../kernels/load.ts";
import { KernelMemory } from "../../kernels/memory.ts";
import { blockLength } from "../compute/lanes.ts";
import { type ModuleCall, runModuleCall } from "../custom/module-call.ts";
import { CYCLE_START } from "../cycles/cycle-schema.ts";
import type { Featurizer } from "../featurizer.ts";
import { featureOf } from "../table.ts";
import type { EventLists } from "./event-lists.ts";
import { type Facts, factsFleet } from "./facts.ts";
import type { KindCodes } from "./kind-codes.ts";
import type { MachineState } from "./machine-state.ts";
import { type FactCell, OnlineWorkspace } from "./online-workspace.ts";
import { outputRow } from "./output-row.ts";
import { RowStore } from "./row-store.ts";
import { COVERED, type ReadingTable } from "./sources.ts";

export interface LayoutOptions {
  featurizer: Featurizer;
  /** The compiled kernels. */
  module: KernelModule;
  sources: readonly ReadingTable[];
  lists: EventLists;
  kinds: KindCodes;
  facts: Facts;
  /** Rows of each of the sources. */
  rows: readonly number[];
  /** The most rows that there is room for of one machine in each of them. */
  largest: readonly number[];
  /** Rows of all lists of events. */
  eventRows: number;
}

/** Columns of a telemetry table before those of its sensors: time, known at. */
export const FIRST_SENSOR = 2;
/** Columns of the events: time, seen at, kind. */
const EVENT_COLUMNS = 3;

export class Layout {
  readonly memory = new KernelMemory();
  /** One a source. */
  readonly tables: readonly RowStore[];
  readonly events: RowStore;
  /** Whether any word asks when telemetry covers a machine. */
  readonly covers: boolean;
  readonly facts: readonly FactCell[];
  readonly options: LayoutOptions;
  readonly #factCells: readonly Float64Array[];
  readonly #cutoff: Float64Array;
  readonly #tableOffsets: readonly Uint32Array[];
  readonly #listOffsets: readonly Uint32Array[];
  readonly #calls: readonly (() => void)[];
  readonly #moduleCalls: readonly ModuleCall[];
  readonly #write: (into: Float32Array) => void;

  constructor(options: LayoutOptions) {
    this.options = options;
    const { featurizer, sources, lists, kinds, rows, eventRows } = options;
    const { memory } = this;
    const { plan } = featurizer;
    this.tables = sources.map(({ sensors }, i) => new RowStore(memory, FIRST_SENSOR + sensors.length, rows[i]));
    this.events = new RowStore(memory, EVENT_COLUMNS, eventRows);
    const tableOffsets = this.tables.map(() => memory.allocate(8));
    const listOffsets: number[] = [];
    const numberOf = (name: string) => sources.findIndex((table) => table.name === name);
    const homeOf = (sensor: string) => sources.findIndex(({ sensors }) => sensors.includes(sensor));
    const times = (table: number) => {
      const [time, knownAt] = this.tables[table].addresses;
      return { offsets: tableOffsets[table], time, knownAt };
    };
    const column = (table: number, sensor: string) => FIRST_SENSOR + sources[table].sensors.indexOf(sensor);
    let covers = false;
    const workspace = new OnlineWorkspace(shapeOf(options), plan, memory, {
      readings: (sensor) => {
        const table = homeOf(sensor);
        return { ...times(table), values: this.tables[table].addresses[column(table, sensor)] };
      },
      coverage: () => {
        covers = true;
        const table = homeOf(COVERED);
        return { ...times(table), values: this.tables[table].addresses[FIRST_SENSOR] };
      },
      times: (name) => times(numberOf(name)),
      lanes: (name, sensors) => {
        const table = numberOf(name);
        const width = sensors.length > 2 ? 4 : 2;
        const columns = sensors.map((sensor) => column(table, sensor));
        return { ...times(table), lanes: this.tables[table].lanes(columns, width), width };
      },
      groups: (name, window) => this.tables[numberOf(name)].groups(blockLength(window)),
      cycleStarts: (name) => this.tables[numberOf(name)].addresses[column(numberOf(name), CYCLE_START)],
      events: (table, kind) => {
        const list = lists.number(table, kind);
        listOffsets[list] ??= memory.allocate(8);
        const [time, seenAt] = this.events.addresses;
        return { offsets: listOffsets[list], time, seenAt, outcome: lists.all[list].outcome };
      },
      kinds: () => ({ kind: this.events.addresses[2], code: (kind) => kinds.code(kind) }),
    });
    for (const spec of plan.specs) featureOf(spec).compute(spec, plan, workspace);
    this.covers = covers;
    this.facts = workspace.facts;
    const calls = [...workspace.preparations, ...workspace.calls];
    const scratch = memory.allocate(Math.max(0, ...calls.map((call) => call.scratch ?? 0)));
    const { exports } = new WebAssembly.Instance(options.module, { env: { memory: memory.memory } });
    // A range of one row, of one machine.
    this.#calls = calls.map(({ kernel, args, scratch: needed }) => {
      const run = exports[kernel] as (...args: number[]) => void;
      return run.bind(undefined, 0, 1, ...(needed === undefined ? [] : [scratch]), ...args);
    });
    this.#moduleCalls = workspace.moduleCalls;
    this.#factCells = this.facts.map(({ address }) => memory.viewFloat64(address, 1));
    this.#cutoff = memory.viewFloat64(workspace.rows.cutoff, 1);
    const pair = (address: number) => new Uint32Array(memory.memory.buffer, address, 2);
    this.#tableOffsets = tableOffsets.map(pair);
    this.#listOffsets = lists.all.map((_, list) => pair(listOffsets[list] ?? memory.allocate(8)));
    this.#write = outputRow(featurizer, (name) => memory.viewFloat32(workspace.outputs.get(name) ?? 0, 1));
  }

  /** The features of a machine at a cutoff, by whose facts the machine stands as it is. */
  compute({ name, tables, events }: MachineState, cutoff: number, facts: Float64Array, into: Float32Array): void {
    for (let i = 0; i < tables.length; i++) {
      this.#tableOffsets[i][0] = tables[i].first;
      this.#tableOffsets[i][1] = tables[i].past;
    }
    for (let i = 0; i < this.#listOffsets.length; i++) {
      const region = events[i];
      this.#listOffsets[i][0] = region === undefined ? 0 : region.first;
      this.#listOffsets[i][1] = region === undefined ? 0 : region.past;
    }
    for (let i = 0; i < facts.length; i++) this.#factCells[i][0] = facts[i];
    this.#cutoff[0] = cutoff;
    for (let i = 0; i < this.#calls.length; i++) this.#calls[i]();
    // The rows are of no machine of a fleet, so that a message has to be told which one it is.
    for (const call of this.#moduleCalls) runModuleCall({ ...call, machines: [name] }, this.memory.memory.buffer, 0, 1);
    this.#write(into);
  }
}

/** A fleet of the same facts that has as many rows as there is room for, so that whatever is made by their number has room too. */
function shapeOf({ featurizer, sources, facts, rows, largest }: LayoutOptions): Fleet {
  const { schema } = featurizer.plan;
  const known = factsFleet(facts, Math.max(...sources.map((_, i) => Math.ceil(rows[i] / largest[i]))));
  const machines = known.machines.length;
  const tables = sources.map(({ name, sensors }, i): Telemetry => {
    const time = new Float64Array(rows[i]);
    return {
      name,
      offsets: Uint32Array.from({ length: machines + 1 }, (_, piece) => Math.min(piece * largest[i], rows[i])),
      time,
      knownAt: new Float64Array(rows[i]).fill(1),
      sensors: Object.fromEntries(sensors.map((sensor) => [sensor, time])),
    };
  });
  const events = Object.entries(schema.events).map(([name, { kinds, outcome }]): [string, Events] => {
    const none = new Float64Array(0);
    const offsets = new Uint32Array(machines + 1);
    return [name, { name, offsets, time: none, knownAt: none, kinds, kind: new Uint32Array(0), outcome }];
  });
  return { ...known, time: schema.time, telemetry: tables, events: Object.fromEntries(events) };
}
