import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cycleBoundsCall } from "../../src/kernels/cycle-calls.ts";
import { bindKernels, compileKernels } from "../../src/kernels/load.ts";
import { KernelMemory } from "../../src/kernels/memory.ts";

interface Cycle {
  start: number;
  end: number;
}

interface Window {
  counted: boolean;
  length: number;
  shift: number;
}

/** Cycles of one machine one after the other: each begins after the one before has ended, or at that very instant. */
const cycles: fc.Arbitrary<Cycle[]> = fc
  .array(fc.record({ pause: fc.integer({ min: 0, max: 4 }), length: fc.integer({ min: 1, max: 6 }) }), {
    maxLength: 12,
  })
  .map((parts) => {
    let at = 0;
    return parts.map(({ pause, length }) => {
      const start = at + pause;
      at = start + length;
      return { start, end: at };
    });
  });

const window: fc.Arbitrary<Window> = fc.record({
  counted: fc.boolean(),
  length: fc.integer({ min: 1, max: 5 }),
  shift: fc.integer({ min: 0, max: 4 }),
});

/** Which cycles the definition puts into a window, by filtering all of them. */
function twin(
  all: readonly Cycle[],
  late: number,
  t: number,
  anchor: number,
  { counted, length, shift }: Window,
): Cycle[] {
  const known = all.filter(({ end }) => end + late <= t);
  const isFresh = ({ start }: Cycle) => !(start <= anchor);
  if (!counted)
    return known.filter((cycle) => cycle.end <= t - shift && cycle.end > t - shift - length && isFresh(cycle));
  const shifted = known.slice(0, Math.max(0, known.length - shift));
  const last = shifted.slice(-length).filter(isFresh);
  const reachesBack = shifted.length >= length || !known.every(isFresh);
  return reachesBack ? last : [];
}

test("the cycles of a window are those of its plain twin", () => {
  let inside = 0;
  fc.assert(
    fc.property(
      fc.array(cycles, { minLength: 1, maxLength: 3 }),
      fc.array(
        fc.record({
          pick: fc.nat(),
          t: fc.integer({ min: 0, max: 70 }),
          anchor: fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 60 })),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      window,
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      (machines, cutoffs, window, late, anchored) => {
        const memory = new KernelMemory();
        const all = machines.flat();
        const offsets = [0];
        for (const own of machines) offsets.push(offsets[offsets.length - 1] + own.length);
        const ends = all.map(({ end }) => end);
        const rows = {
          machine: memory.uint32(cutoffs.map(({ pick }) => pick % machines.length)),
          cutoff: memory.float64(cutoffs.map(({ t }) => t)),
        };
        const table = {
          offsets: memory.uint32(offsets),
          time: memory.float64(ends),
          knownAt: late === 0 ? 0 : memory.float64(ends.map((end) => end + late)),
        };
        const start = memory.float64(all.map((cycle) => cycle.start));
        const anchor = anchored ? memory.float64(cutoffs.map((cutoff) => cutoff.anchor)) : 0;
        const bytes = cutoffs.length * 4;
        const out = { first: memory.allocate(bytes), past: memory.allocate(bytes) };
        const run = bindKernels(compileKernels(), memory.memory);
        run(cycleBoundsCall(rows, table, start, { ...window, anchor }, out), 0, cutoffs.length);
        const [first, past] = [out.first, out.past].map(
          (at) => new Uint32Array(memory.memory.buffer, at, cutoffs.length),
        );
        for (const [row, cutoff] of cutoffs.entries()) {
          const own = machines[cutoff.pick % machines.length];
          const expected = twin(own, late, cutoff.t, anchored ? cutoff.anchor : Number.NaN, window);
          assert.deepEqual(all.slice(first[row], past[row]), expected);
          assert.ok(first[row] <= past[row]);
          inside += expected.length;
        }
      },
    ),
    { seed: 20261124, numRuns: 400 },
  );
  assert.ok(inside > 1_000);
});
