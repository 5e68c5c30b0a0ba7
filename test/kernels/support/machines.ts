/** Random machines for the kernels, and their columns in kernel memory. */
import fc from "fast-check";
import type { CutoffColumns, EventColumns, KernelCall, ReadingColumns } from "../../../src/kernels/calls.ts";
import { bindKernels, compileKernels } from "../../../src/kernels/load.ts";
import { type Address, KernelMemory } from "../../../src/kernels/memory.ts";
import type { Event, Reading } from "../reference/statistics.ts";

export interface Case {
  /** One list a machine, ascending by time. */
  readings: readonly (readonly Reading[])[];
  events: readonly (readonly Event[])[];
  cutoffs: readonly { machine: number; t: number }[];
}

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 2, arbitrary: fc.double({ min: -1e3, max: 1e3 }) },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 1e308, -1e308, 1e-310, 3e38, -1e-46, Infinity, -Infinity, 0.1) },
);
const delay = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 12 }));
const reading = fc.record({ time: fc.integer({ min: 0, max: 40 }), delay, value });

/** Irregular times, gaps, missing, huge and tiny values; with late rows or without. */
export const cases: fc.Arbitrary<Case> = fc
  .record({
    late: fc.boolean(),
    machines: fc.array(
      fc.record({
        readings: fc.uniqueArray(reading, { selector: ({ time }) => time, maxLength: 14 }),
        events: fc.array(fc.record({ time: fc.integer({ min: 0, max: 40 }), delay }), { maxLength: 5 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    cutoffs: fc.array(fc.record({ pick: fc.nat(), t: fc.integer({ min: 0, max: 50 }) }), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  .map(({ late, machines, cutoffs }) => {
    const known = <Row extends { time: number; delay: number }>(rows: readonly Row[]) =>
      rows
        .map((row) => ({ ...row, knownAt: row.time + (late ? row.delay : 0) }))
        .sort((a, b) => a.time - b.time || a.knownAt - b.knownAt);
    return {
      readings: machines.map((machine) => known(machine.readings)),
      events: machines.map((machine) => known(machine.events)),
      cutoffs: cutoffs.map(({ pick, t }) => ({ machine: pick % machines.length, t })),
    };
  });

/** More than any kernel works in for so few rows. */
const SCRATCH = 65_536;

/** A case in kernel memory, with a way to run calls on it. */
export class Bench {
  readonly memory = new KernelMemory();
  readonly rows: CutoffColumns;
  readonly readings: ReadingColumns;
  readonly #case: Case;
  readonly #run = bindKernels(compileKernels(), this.memory.memory, this.memory.allocate(SCRATCH));

  constructor(data: Case) {
    this.#case = data;
    this.rows = {
      machine: this.memory.uint32(data.cutoffs.map(({ machine }) => machine)),
      cutoff: this.memory.float64(data.cutoffs.map(({ t }) => t)),
    };
    this.readings = this.readingsOf(data);
  }

  /** The readings of a case of as many machines, as those of another sensor. */
  readingsOf({ readings }: Pick<Case, "readings">): ReadingColumns {
    const rows = readings.flat();
    const late = rows.some(({ time, knownAt }) => knownAt > time);
    return {
      offsets: this.memory.uint32(offsets(readings)),
      time: this.memory.float64(rows.map(({ time }) => time)),
      knownAt: late ? this.memory.float64(rows.map(({ knownAt }) => knownAt)) : 0,
      values: this.memory.float64(rows.map((row) => row.value)),
    };
  }

  events(outcome: boolean): EventColumns {
    const rows = this.#case.events.flat();
    const settled = this.#case.events.flatMap((events) => {
      let latest = Number.NEGATIVE_INFINITY;
      return events.map(({ time, knownAt }) => {
        latest = Math.max(latest, time, knownAt);
        return latest;
      });
    });
    const instants = this.#case.events.flatMap((events) =>
      events.map((_, i) => new Set(events.slice(0, i + 1).map(({ time }) => time)).size),
    );
    return {
      offsets: this.memory.uint32(offsets(this.#case.events)),
      time: this.memory.float64(rows.map(({ time }) => time)),
      seenAt: this.memory.float64(rows.map(({ time, knownAt }) => Math.max(time, knownAt))),
      settled: { at: this.memory.float64(settled), instants: this.memory.uint32(instants) },
      outcome,
    };
  }

  /** Space for one value a cutoff. */
  column(bytes = 8): Address {
    return this.memory.allocate(this.#case.cutoffs.length * bytes);
  }

  run(call: KernelCall, rows = this.#case.cutoffs.length): void {
    this.#run(call, 0, rows);
  }

  /** The bits of a float32 column. */
  bits(address: Address): number[] {
    return [...new Uint32Array(this.memory.memory.buffer, address, this.#case.cutoffs.length)];
  }
}

function offsets(groups: readonly (readonly unknown[])[]): number[] {
  const found = [0];
  for (const group of groups) found.push((found.at(-1) ?? 0) + group.length);
  return found;
}
