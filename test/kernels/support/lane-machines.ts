/** Random machines with several sensors for the rolling kernels, and their columns in kernel memory. */
import fc from "fast-check";
import { blockLength, groupsOf, interleave } from "../../../src/features/compute/lanes.ts";
import { boundsCall, type KernelCall, type RollingStatistic, type WindowColumns } from "../../../src/kernels/calls.ts";
import { bindKernels, compileKernels } from "../../../src/kernels/load.ts";
import { type Address, KernelMemory } from "../../../src/kernels/memory.ts";
import { type QuantileStep, quantilesCall, quantilesProgram } from "../../../src/kernels/quantiles-call.ts";
import {
  groupMomentsCall,
  type LaneColumns,
  momentBytes,
  rollingCall,
  rollingTable,
} from "../../../src/kernels/rolling-call.ts";
import type { Reading } from "../reference/statistics.ts";

export interface LaneCase {
  sensors: number;
  length: number;
  /** Whether some rows become known later than their time, and then whether they do so in the order of their times. */
  late: boolean;
  inOrder: boolean;
  /** One list a machine, ascending by time; a value a sensor. */
  rows: readonly (readonly { time: number; knownAt: number; values: readonly number[] }[])[];
  cutoffs: readonly { machine: number; t: number }[];
  /** Rows at which the range of rows is cut. */
  cuts: readonly number[];
}

const LAST = 300;
const plain = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e3, max: 1e3, noNaN: true }));
const wild = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 1e308, -1e308, 1e-310, 3e38, -1e-46, Infinity, -Infinity, 0.1) },
);
const constant = fc.constant(0.1);
const time = fc.oneof(fc.integer({ min: 0, max: LAST }), fc.integer({ min: 0, max: 40 }));

const instant = fc.oneof(fc.integer({ min: 0, max: LAST + 20 }), fc.integer({ min: 0, max: 60 }));

/** Dense and sparse times, with late rows or without, all readings there or not; windows within a block a row and beyond. */
export const laneCases: fc.Arbitrary<LaneCase> = fc
  .record({
    sensors: fc.integer({ min: 1, max: 4 }),
    length: fc.oneof(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 33, max: 250 })),
    delays: fc.constantFrom(
      { late: false, inOrder: false },
      { late: true, inOrder: false },
      { late: true, inOrder: true },
    ),
    value: fc.constantFrom(plain, wild, constant),
    cuts: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
    ascending: fc.boolean(),
    machines: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ value, machines, ascending, ...rest }) => {
    const row = fc.record({
      time,
      delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 })),
      values: fc.array(value, { minLength: 4, maxLength: 4 }),
    });
    const list = fc.uniqueArray(row, { selector: ({ time }) => time, maxLength: 40, size: "max" });
    const cutoff = fc.record({ machine: fc.nat({ max: machines - 1 }), t: instant });
    return fc.record({
      rows: fc.array(list, { minLength: machines, maxLength: machines }),
      cutoffs: fc.array(cutoff, { minLength: 1, maxLength: 30, size: "max" }),
      rest: fc.constant(rest),
      ascending: fc.constant(ascending),
    });
  })
  .map(
    ({
      rows,
      cutoffs,
      rest: {
        delays: { late, inOrder },
        ...rest
      },
      ascending,
    }) => ({
      ...rest,
      late,
      inOrder,
      rows: rows.map((list) =>
        list
          .map(({ delay, ...row }) => ({ ...row, knownAt: row.time + (!late ? 0 : inOrder ? 7 : delay) }))
          .sort((a, b) => a.time - b.time),
      ),
      cutoffs: ascending ? [...cutoffs].sort((a, b) => a.machine - b.machine || a.t - b.t) : cutoffs,
    }),
  );

/** The readings of one sensor of one machine. */
export function readingsOf({ rows }: LaneCase, machine: number, sensor: number): Reading[] {
  return rows[machine].map(({ time, knownAt, values }) => ({ time, knownAt, value: values[sensor] }));
}

/** How a window is put together: each choice that applies gives the same bits. */
export interface Way {
  /** Whole groups from their table. */
  table: boolean;
  /** The rows' groups are known; only where a row has its own is that needless. */
  groups: boolean;
}

/** A case in kernel memory; each of its calls is run over the ranges of the case's cuts. */
export class LaneBench {
  readonly #case: LaneCase;
  readonly #memory = new KernelMemory();
  readonly #run = bindKernels(compileKernels(), this.#memory.memory, this.#memory.allocate(65_536));
  readonly #rows: { machine: Address; cutoff: Address };
  readonly #window: WindowColumns;
  readonly #columns: LaneColumns;

  constructor(data: LaneCase) {
    this.#case = data;
    const rows = data.rows.flat();
    const memory = this.#memory;
    this.#rows = {
      machine: memory.uint32(data.cutoffs.map(({ machine }) => machine)),
      cutoff: memory.float64(data.cutoffs.map(({ t }) => t)),
    };
    const width = data.sensors > 2 ? 4 : 2;
    const sensors = Array.from({ length: data.sensors }, (_, sensor) =>
      Float64Array.from(rows, ({ values }) => values[sensor]),
    );
    const lanes = memory.allocate(rows.length * width * 8);
    interleave(sensors, width, memory.viewFloat64(lanes, rows.length * width));
    this.#columns = {
      offsets: memory.uint32(this.#offsets),
      time: memory.float64(rows.map(({ time }) => time)),
      knownAt: data.late ? memory.float64(rows.map(({ knownAt }) => knownAt)) : 0,
      inOrder: data.inOrder,
      lanes,
      width,
    };
    this.#window = { first: this.#column(), past: this.#column(), allKnown: data.inOrder };
    this.#runInParts(boundsCall(this.#rows, this.#columns, { length: data.length, shift: 0, anchor: 0 }, this.#window));
  }

  /** The times in each cutoff's window, which is shifted and begins after an anchor (one a cutoff, NaN: none). */
  times(shift: number, anchors: readonly number[]): number[][] {
    const out = { first: this.#column(), past: this.#column() };
    const window = { length: this.#case.length, shift, anchor: this.#memory.float64(anchors) };
    this.#runInParts(boundsCall(this.#rows, this.#columns, window, out));
    const times = this.#case.rows.flat().map(({ time }) => time);
    const [first, past] = [this.#bits(out.first), this.#bits(out.past)];
    return first.map((row, i) => times.slice(row, past[i]));
  }

  /** The bits of the statistics of each sensor, one a cutoff. */
  rolling(wanted: readonly RollingStatistic[], way: Way): Record<string, number[]>[] {
    const columns = Array.from({ length: this.#case.sensors }, () =>
      Object.fromEntries(wanted.map((statistic) => [statistic, this.#column()])),
    );
    const table = rollingTable(columns);
    const laidOut = way.groups ? this.#groups() : undefined;
    const moments = laidOut === undefined || !way.table ? 0 : this.#moments(laidOut);
    const options = { unit: 3, columns: table, table: this.#memory.uint32(table), groups: laidOut, moments };
    this.#runInParts(rollingCall(this.#rows, this.#columns, this.#window, options));
    return columns.map((sensor) =>
      Object.fromEntries(Object.entries(sensor).map(([name, address]) => [name, this.#bits(address)])),
    );
  }

  /** The bits of quantiles of a sensor, one a cutoff. */
  quantiles(sensor: number, steps: readonly Omit<QuantileStep, "out">[]): number[][] {
    const filled = steps.map((step) => ({ ...step, out: this.#column() }));
    const { knownAt, offsets, time } = this.#columns;
    const values = this.#memory.float64(this.#case.rows.flat().map((row) => row.values[sensor]));
    const options = {
      steps: filled,
      program: this.#memory.float64(quantilesProgram(filled)),
      largest: this.#case.rows.flat().length,
    };
    this.#runInParts(quantilesCall(this.#rows, { offsets, time, knownAt, values }, this.#window, options));
    return filled.map(({ out }) => this.#bits(out));
  }

  get #offsets(): number[] {
    const offsets = [0];
    for (const list of this.#case.rows) offsets.push((offsets.at(-1) ?? 0) + list.length);
    return offsets;
  }

  #groups() {
    const table = {
      offsets: Uint32Array.from(this.#offsets),
      time: Float64Array.from(this.#case.rows.flat(), ({ time }) => time),
    };
    const { groupOf, starts } = groupsOf(table, blockLength(this.#case.length));
    return { groupOf: this.#memory.uint32(groupOf), starts: this.#memory.uint32(starts), count: starts.length - 1 };
  }

  #moments(groups: { groupOf: Address; starts: Address; count: number }): Address {
    const out = this.#memory.allocate(groups.count * momentBytes(this.#columns.width));
    this.#run(groupMomentsCall(this.#columns, groups, out), 0, this.#case.rows.length);
    return out;
  }

  #column(): Address {
    return this.#memory.allocate(this.#case.cutoffs.length * 4);
  }

  #runInParts(call: KernelCall): void {
    const { cuts, cutoffs } = this.#case;
    const ends = [...new Set([...cuts.filter((cut) => cut > 0 && cut < cutoffs.length), cutoffs.length])];
    let from = 0;
    for (const to of ends.sort((a, b) => a - b)) {
      this.#run(call, from, to);
      from = to;
    }
  }

  #bits(address: Address): number[] {
    return [...new Uint32Array(this.#memory.memory.buffer, address, this.#case.cutoffs.length)];
  }
}
