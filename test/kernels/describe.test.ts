import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { statisticOf } from "../../src/features/statistics/table.ts";
import { boundsCall } from "../../src/kernels/calls.ts";
import {
  type DescribeStep,
  describeCall,
  describeCodes,
  describeProgram,
  largestWindow,
} from "../../src/kernels/describe-call.ts";
import { bindKernels, compileKernels } from "../../src/kernels/load.ts";
import { KernelMemory } from "../../src/kernels/memory.ts";
import { everyStatistic } from "../features/support/every-statistic.ts";
import { type Counted, describeTwins } from "./reference/describe.ts";
import { emittedBits, readingsIn } from "./reference/statistics.ts";
import { Bench, type Case, cases } from "./support/machines.ts";

const property = { seed: 20150301, numRuns: 300 };
const length = fc.integer({ min: 1, max: 45 });
const kernels = compileKernels();
const context = { schema: { time: "cycles" as const } };
const codes = Object.entries(describeCodes) as [keyof typeof describeCodes, number][];

/** What the kernel does for every statistic that it computes; a very short half life has weights down to the smallest there are. */
const steps = [
  ...everyStatistic.flatMap((spec) => {
    const { kernel, ...step } = { code: 0, parameters: [], ...statisticOf(spec).lower(spec, context) };
    return kernel === "describe" ? [step] : [];
  }),
  { code: describeCodes.ewma, parameters: [0.05] },
];

function run(bench: Bench, data: Case, length: number, unit: number, wanted: readonly Omit<DescribeStep, "out">[]) {
  const window = { first: bench.column(4), past: bench.column(4) };
  bench.run(boundsCall(bench.rows, bench.readings, { length, shift: 0, anchor: 0 }, window));
  const full = wanted.map((step) => ({ ...step, out: bench.column(4) }));
  const program = bench.memory.float64(describeProgram(full));
  const offsets = data.readings.map((_, machine) => data.readings.slice(0, machine).flat().length);
  const rows = data.readings.flat();
  const largest = largestWindow(
    [...offsets, rows.length],
    rows.map(({ time }) => time),
    length,
  );
  const call = describeCall(bench.rows, bench.readings, window, { steps: full, program, unit, largest });
  bench.run(call);
  return { full, call };
}

function countedIn(data: Case, { machine, t }: Case["cutoffs"][number], length: number, unit: number): Counted {
  const window = readingsIn(data.readings[machine], t, { length });
  return { values: window.map(({ value }) => value), times: window.map(({ time }) => time - t), unit };
}

test("every statistic of the kernel is among those that are tested", () => {
  assert.deepEqual(
    codes.filter(([, code]) => !steps.some((step) => step.code === code)),
    [],
  );
});

test("no two statistics are alike, so that a code in place of another shows", () => {
  const windows = [
    [3, -1, 4, 1, -5, 9, 2, 6, 5, 3, 5],
    [9, 9, 1, 2, 1],
    [-7, 0, 0.5, -7],
    [2, 2, 2, 8],
    [0.1, 0.1, 0.2],
    [5, 1],
    [0.25],
    [],
  ].map((values): Counted => ({ values, times: values.map((_, i) => 2 * (i - values.length)), unit: 3 }));
  const shown = codes.map(([name]) => {
    const parameters = steps.find(({ code }) => code === describeCodes[name])?.parameters ?? [];
    return windows.map((window) => emittedBits(describeTwins[name](window, ...parameters))).join();
  });
  for (const [i, [name]] of codes.entries()) assert.equal(codes[shown.indexOf(shown[i])][0], name);
  assert.equal(new Set(codes.map(([, code]) => code)).size, codes.length);
});

/** Holds every statistic of every window against its twin. */
function assertTwins(data: Case, length: number, unit: number): void {
  const bench = new Bench(data);
  const { full } = run(bench, data, length, unit, steps);
  for (const { code, parameters, out } of full) {
    const name = codes.find(([, other]) => other === code)?.[0] ?? "variance";
    const expected = data.cutoffs.map((cutoff) =>
      emittedBits(describeTwins[name](countedIn(data, cutoff, length, unit), ...parameters)),
    );
    assert.deepEqual(bench.bits(out), expected, `${name}(${parameters})`);
  }
}

test("every statistic equals its plain twin to the bit", () => {
  fc.assert(fc.property(cases, length, fc.constantFrom(1, 3), assertTwins), property);
});

test("every statistic of a window of hundreds of readings equals its plain twin to the bit", () => {
  const value = fc.oneof(fc.integer({ min: -40, max: 40 }), fc.double({ min: -5, max: 5, noNaN: true }));
  const values = fc.array(fc.oneof({ weight: 20, arbitrary: value }, fc.constant(Number.NaN)), {
    minLength: 15,
    maxLength: 300,
  });
  fc.assert(
    fc.property(values, (values) => {
      const readings = values.map((value, time) => ({ time, knownAt: time, value }));
      const cutoffs = [values.length - 1, values.length + 7, Math.floor(values.length / 2)];
      assertTwins({ readings: [readings], events: [[]], cutoffs: cutoffs.map((t) => ({ machine: 0, t })) }, 290, 1);
    }),
    { ...property, numRuns: 40 },
  );
});

test("a statistic has the same bits alone as among others, and in whatever range of rows", () => {
  fc.assert(
    fc.property(cases, length, fc.constantFrom(...steps), fc.nat(), (data, length, step, cut) => {
      const bench = new Bench(data);
      const all = run(bench, data, length, 1, steps).full[steps.indexOf(step)].out;
      const { full, call } = run(bench, data, length, 1, [step]);
      assert.deepEqual(bench.bits(full[0].out), bench.bits(all));
      new Uint32Array(bench.memory.memory.buffer, full[0].out, data.cutoffs.length).fill(0);
      const middle = cut % (data.cutoffs.length + 1);
      bench.run(call, middle);
      bindKernels(kernels, bench.memory.memory, bench.memory.allocate(65_536))(call, middle, data.cutoffs.length);
      assert.deepEqual(bench.bits(full[0].out), bench.bits(all));
    }),
    property,
  );
});

test("a statistic whose column is not wanted leaves memory alone", () => {
  const memory = new KernelMemory();
  const readings = { offsets: 0, time: memory.float64([0, 1]), knownAt: 0, values: memory.float64([1, 2]) };
  const rows = { machine: 0, cutoff: memory.float64([1]) };
  const window = { first: memory.uint32([0]), past: memory.uint32([2]) };
  const [out, scratch] = [memory.allocate(4), memory.allocate(65_536)];
  const energy = { code: describeCodes.energy, parameters: [] };
  const wanted = [
    { ...energy, out: 0 },
    { ...energy, out },
  ];
  const program = memory.float64(describeProgram(wanted));
  const call = describeCall(rows, readings, window, { steps: wanted, program, unit: 1, largest: 2 });
  bindKernels(kernels, memory.memory, scratch)(call, 0, 1);
  assert.deepEqual([...memory.viewFloat32(0, 4)], [0, 0, 0, 0]);
  assert.deepEqual([...memory.viewFloat32(out, 1)], [5]);
});

test("the largest window is counted over every machine by itself", () => {
  assert.equal(largestWindow([0, 4, 6], [0, 1, 2, 9, 9, 10], 2), 2);
  assert.equal(largestWindow([0, 4, 6], [0, 1, 2, 9, 9, 10], 3), 3);
  assert.equal(largestWindow([0, 0], [], 3), 0);
});
