import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  boundsCall,
  differenceCall,
  elapsedCall,
  emitColumnCall,
  HELD_BYTES,
  heldTimeCall,
  lastEventCall,
  lastReadingCall,
  limitExceededCall,
  limitMarginCall,
  usedTimeCall,
} from "../../src/kernels/calls.ts";
import { countEventsCall } from "../../src/kernels/event-calls.ts";
import { emittedBits, readingsIn, usedTime, visibleEvents } from "./reference/statistics.ts";
import { Bench, type Case, cases } from "./support/machines.ts";

const length = fc.integer({ min: 1, max: 30 });
const property = { seed: 20150301, numRuns: 400 };

/** The kernel's bits beside those of its twin, one a cutoff. */
function assertBits(bench: Bench, out: number, { cutoffs }: Case, twin: (machine: number, t: number) => number): void {
  assert.deepEqual(
    bench.bits(out),
    cutoffs.map(({ machine, t }) => emittedBits(twin(machine, t))),
  );
}

function windowOf(bench: Bench, length: number, shift = 0, anchor = 0) {
  const window = { first: bench.column(4), past: bench.column(4) };
  bench.run(boundsCall(bench.rows, bench.readings, { length, shift, anchor }, window));
  return window;
}

test("lagged readings and differences equal their plain twin to the bit", () => {
  fc.assert(
    fc.property(cases, length, fc.integer({ min: 0, max: 20 }), (data, length, shift) => {
      const bench = new Bench(data);
      const [now, before] = [bench.column(), bench.column()];
      const [lagged, difference] = [bench.column(4), bench.column(4)];
      bench.run(lastReadingCall(bench.rows, bench.readings, windowOf(bench, length), now));
      bench.run(lastReadingCall(bench.rows, bench.readings, windowOf(bench, length, shift), before));
      bench.run(emitColumnCall(before, lagged));
      bench.run(differenceCall(now, before, difference));
      const last = (machine: number, t: number, shift: number) =>
        readingsIn(data.readings[machine], t, { length, shift }).at(-1)?.value ?? Number.NaN;
      assertBits(bench, lagged, data, (machine, t) => last(machine, t, shift));
      assertBits(bench, difference, data, (machine, t) => last(machine, t, 0) - last(machine, t, shift));
    }),
    property,
  );
});

test("event counts and times since equal their plain twin to the bit", () => {
  fc.assert(
    fc.property(cases, length, fc.boolean(), fc.boolean(), (data, length, outcome, fallsBack) => {
      const bench = new Bench(data);
      const [anchor, count, since] = [bench.column(), bench.column(4), bench.column(4)];
      const fallback = bench.memory.float64(data.readings.map((_, machine) => (machine === 0 ? 7 : Number.NaN)));
      const interval = bench.memory.float64(data.cutoffs.map((_, row) => row + 0.5));
      bench.run(
        countEventsCall(bench.rows, bench.events(outcome), { length, anchor: 0, anchored: false, per: 1 }, count),
      );
      bench.run(lastEventCall(bench.rows, bench.events(outcome), anchor));
      bench.run(elapsedCall(bench.rows, { anchor, fallback: fallsBack ? fallback : 0 }, 3, interval, since));
      assertBits(bench, count, data, (machine, t) => {
        return visibleEvents(data.events[machine], t, outcome).filter(({ time }) => time > t - length).length;
      });
      const expected = data.cutoffs.map(({ machine, t }, row) => {
        const start = fallsBack && machine === 0 ? 7 : Number.NaN;
        const elapsed = (t - (visibleEvents(data.events[machine], t, outcome).at(-1)?.time ?? start)) / 3;
        return emittedBits(elapsed < 0 ? Number.NaN : elapsed / (row + 0.5));
      });
      assert.deepEqual(bench.bits(since), expected);
    }),
    property,
  );
});

test("time in use equals its plain twin, which counts instant by instant", () => {
  const rules = fc.record({ above: fc.constantFrom(-2, 0, 1), hold: fc.integer({ min: 1, max: 15 }) });
  fc.assert(
    fc.property(cases, rules, (data, rule) => {
      const bench = new Bench(data);
      const [anchor, used] = [bench.column(), bench.column(4)];
      bench.run(lastEventCall(bench.rows, bench.events(true), anchor));
      const sums = bench.memory.allocate(data.readings.flat().length * HELD_BYTES);
      bench.run(heldTimeCall(bench.readings, rule, sums), data.readings.length);
      bench.run(usedTimeCall(bench.rows, bench.readings, anchor, rule, 3, sums, used));
      assertBits(bench, used, data, (machine, t) => {
        const last = visibleEvents(data.events[machine], t, true).at(-1)?.time ?? Number.NaN;
        return usedTime(data.readings[machine], t, { anchor: last, ...rule }) / 3;
      });
    }),
    property,
  );
});

test("time in use is the same from running sums as added anew", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 15 }), (data, hold) => {
      const bench = new Bench(data);
      const { readings } = bench;
      const rule = { above: 0, hold };
      const [anchor, fromSums, anew] = [bench.column(), bench.column(4), bench.column(4)];
      const sums = bench.memory.allocate(data.readings.flat().length * HELD_BYTES);
      bench.run(lastEventCall(bench.rows, bench.events(false), anchor));
      bench.run(heldTimeCall(readings, rule, sums), data.readings.length);
      bench.run(usedTimeCall(bench.rows, readings, anchor, rule, 1, sums, fromSums));
      bench.run(usedTimeCall(bench.rows, readings, anchor, rule, 1, 0, anew));
      assert.deepEqual(bench.bits(fromSums), bench.bits(anew));
    }),
    property,
  );
});

test("time in use looks at no reading anew that was there when the sums were made", () => {
  const none = Number.NaN;
  const readings = [none, none, 1, none, 1, 0, 1, none, none, none].map((value, time) => ({
    time,
    knownAt: time,
    value,
  }));
  const events = [2, 3].map((time) => ({ time, knownAt: time }));
  const cutoffs = [1, 2, 10].map((t) => ({ machine: 0, t }));
  const bench = new Bench({ readings: [readings], events: [events], cutoffs });
  const [anchor, used] = [bench.column(), bench.column(4)];
  const rule = { above: 0, hold: 2 };
  const sums = bench.memory.allocate(readings.length * HELD_BYTES);
  bench.run(lastEventCall(bench.rows, bench.events(false), anchor));
  bench.run(heldTimeCall(bench.readings, rule, sums), 1);
  // A kernel that walks over the missing ones once more finds readings there.
  const values = bench.memory.viewFloat64(bench.readings.values, readings.length);
  for (const [i, value] of values.entries()) if (Number.isNaN(value)) values[i] = 5;
  bench.run(usedTimeCall(bench.rows, bench.readings, anchor, rule, 1, sums, used));
  assert.deepEqual(bench.bits(used), [none, 0, 3].map(emittedBits));
  const early = bench.memory.float64([0, 0, 0]);
  bench.run(usedTimeCall(bench.rows, bench.readings, early, rule, 1, sums, used));
  assert.deepEqual(bench.bits(used), [none, none, none].map(emittedBits));
});

test("limit margins and exceedances equal their plain twin to the bit", () => {
  const limit = fc.constantFrom(-Infinity, -1, 0, 2, Infinity, Number.NaN);
  const side = fc.constantFrom("either" as const, "low" as const, "high" as const);
  fc.assert(
    fc.property(cases, length, limit, limit, side, (data, length, low, high, side) => {
      const bench = new Bench(data);
      const window = windowOf(bench, length);
      const limits = {
        low: bench.memory.float64(data.cutoffs.map(() => low)),
        high: bench.memory.float64(data.cutoffs.map(() => high)),
      };
      const [newest, margin, exceeded] = [bench.column(), bench.column(4), bench.column(4)];
      bench.run(lastReadingCall(bench.rows, bench.readings, window, newest));
      bench.run(limitMarginCall(newest, limits, margin));
      bench.run(limitExceededCall(bench.rows, bench.readings, window, { ...limits, side }, exceeded));
      assertBits(bench, margin, data, (machine, t) => {
        const value = readingsIn(data.readings[machine], t, { length }).at(-1)?.value ?? Number.NaN;
        const nearer = Math.min(value - low, high - value);
        return nearer === Infinity ? Number.NaN : nearer;
      });
      assertBits(bench, exceeded, data, (machine, t) => {
        const values = readingsIn(data.readings[machine], t, { length }).map(({ value }) => value);
        if (Number.isNaN(low) || Number.isNaN(high)) return Number.NaN;
        const [least, most] = [side === "high" ? -Infinity : low, side === "low" ? Infinity : high];
        if (least === -Infinity && most === Infinity) return Number.NaN;
        return values.filter((value) => value < least || value > most).length / values.length;
      });
    }),
    property,
  );
});
