import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundsCall, HELD_BYTES, heldTimeCall, type ReadingColumns } from "../../src/kernels/calls.ts";
import {
  pairStatistics,
  pairStatisticsCall,
  pairValueStatistics,
  quotientCall,
  usedInWindowCall,
} from "../../src/kernels/pair-calls.ts";
import { ofValues, pairsOf, together } from "./reference/pairs.ts";
import { emittedBits, readingsIn } from "./reference/statistics.ts";
import { Bench, type Case, cases } from "./support/machines.ts";

const property = { seed: 20150301, numRuns: 400 };
const length = fc.integer({ min: 1, max: 30 });

function windowed(bench: Bench, readings: ReadingColumns, length: number) {
  const window = { first: bench.column(4), past: bench.column(4) };
  bench.run(boundsCall(bench.rows, readings, { length, shift: 0, anchor: 0 }, window));
  return { readings, window };
}

/** Of two cases the cutoffs of the first that both have the machine of. */
const twoSensors = fc.tuple(cases, cases).map(([left, right]) => ({
  left,
  right: { ...right, readings: left.readings.map((_, machine) => right.readings[machine] ?? []) },
}));

test("statistics of two sensors' pairs equal their plain twin to the bit, at one instant or held", () => {
  const hold = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 20 }));
  const operation = fc.constantFrom("difference" as const, "quotient" as const);
  fc.assert(
    fc.property(twoSensors, length, hold, operation, ({ left, right }, length, hold, operation) => {
      const bench = new Bench(left);
      const ours = windowed(bench, bench.readings, length);
      const theirs = windowed(bench, bench.readingsOf(right), length);
      const names = [...pairStatistics, ...pairValueStatistics];
      const out = Object.fromEntries(names.map((name) => [name, bench.column(4)]));
      bench.run(pairStatisticsCall(bench.rows, ours, theirs, { hold, operation }, out));
      const value = (a: number, b: number) => (operation === "difference" ? a - b : b === 0 ? Number.NaN : a / b);
      for (const name of names) {
        const expected = left.cutoffs.map(({ machine, t }) => {
          const pairs = pairsOf(
            readingsIn(left.readings[machine], t, { length }),
            readingsIn(right.readings[machine], t, { length }),
            hold,
          );
          const made = ofValues(pairs.map((pair) => value(pair.left, pair.right)));
          return emittedBits({ ...together(pairs), ...made }[name]);
        });
        assert.deepEqual(bench.bits(out[name]), expected, name);
      }
    }),
    property,
  );
});

test("each statistic of pairs has the same bits alone as among others", () => {
  const names = [...pairStatistics, ...pairValueStatistics];
  fc.assert(
    fc.property(twoSensors, length, fc.constantFrom(...names), ({ left, right }, length, name) => {
      const bench = new Bench(left);
      const sides = [
        windowed(bench, bench.readings, length),
        windowed(bench, bench.readingsOf(right), length),
      ] as const;
      const all = Object.fromEntries(names.map((other) => [other, bench.column(4)]));
      const alone = bench.column(4);
      bench.run(pairStatisticsCall(bench.rows, ...sides, { hold: 5 }, all));
      bench.run(pairStatisticsCall(bench.rows, ...sides, { hold: 5 }, { [name]: alone }));
      assert.deepEqual(bench.bits(alone), bench.bits(all[name]));
    }),
    property,
  );
});

test("a correlation never exceeds 1, and a constant side has none", () => {
  const value = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.integer({ min: -9, max: 9 }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 2, maxLength: 12 }), value, value, (values, factor, offset) => {
      const rows = (of: readonly number[]) => of.map((value, time) => ({ time, knownAt: time, value }));
      const left: Case = { readings: [rows(values)], events: [[]], cutoffs: [{ machine: 0, t: values.length }] };
      const right = { ...left, readings: [rows(values.map((value) => value * factor + offset))] };
      const bench = new Bench(left);
      const out = bench.column(4);
      const sides = [windowed(bench, bench.readings, 99), windowed(bench, bench.readingsOf(right), 99)] as const;
      bench.run(pairStatisticsCall(bench.rows, ...sides, { hold: 1 }, { correlation: out }));
      const correlation = bench.memory.viewFloat32(out, 1)[0];
      assert.ok(Number.isNaN(correlation) || Math.abs(correlation) <= 1, String(correlation));
      if (new Set(values).size === 1 || factor === 0) assert.ok(Number.isNaN(correlation));
    }),
    property,
  );
});

test("a side that never changes has no spread, though its sum rounds", () => {
  const rows = (values: readonly number[]) => values.map((value, time) => ({ time, knownAt: time, value }));
  const constant: Case = { readings: [rows([0.1, 0.1, 0.1])], events: [[]], cutoffs: [{ machine: 0, t: 3 }] };
  const rising = { readings: [rows([1, 2, 4])] };
  const bench = new Bench(constant);
  const [flat, steep] = [windowed(bench, bench.readings, 9), windowed(bench, bench.readingsOf(rising), 9)];
  for (const sides of [[flat, steep] as const, [steep, flat] as const]) {
    const out = { correlation: bench.column(4), covariance: bench.column(4) };
    bench.run(pairStatisticsCall(bench.rows, ...sides, { hold: 1 }, out));
    assert.deepEqual(bench.bits(out.correlation), [emittedBits(Number.NaN)]);
    assert.deepEqual(bench.bits(out.covariance), [emittedBits(0)]);
  }
  const [mean, sd] = [bench.column(4), bench.column(4)];
  const against = windowed(bench, bench.readingsOf({ readings: [rows([0, 0, 0])] }), 9);
  bench.run(pairStatisticsCall(bench.rows, flat, against, { hold: 1 }, { mean, sd }));
  assert.deepEqual([...bench.bits(mean), ...bench.bits(sd)], [emittedBits(0.1), emittedBits(0)]);
});

test("a quotient by 0 is missing", () => {
  const data: Case = { readings: [[]], events: [[]], cutoffs: Array(4).fill({ machine: 0, t: 0 }) };
  const bench = new Bench(data);
  const out = bench.column(4);
  const [left, right] = [
    [6, 1, 0, 3],
    [4, 0, 0, Number.NaN],
  ].map((values) => bench.memory.float64(values));
  bench.run(quotientCall(left, right, out));
  assert.deepEqual(bench.bits(out), [1.5, Number.NaN, Number.NaN, Number.NaN].map(emittedBits));
});

test("time in use in a window equals its plain twin, which counts instant by instant, from running sums and added anew", () => {
  const rules = fc.record({ above: fc.constantFrom(-2, 0, 1), hold: fc.integer({ min: 1, max: 15 }) });
  fc.assert(
    fc.property(cases, length, rules, (data, length, rule) => {
      const bench = new Bench(data);
      const side = windowed(bench, bench.readings, length);
      const sums = bench.memory.allocate(Math.max(1, data.readings.flat().length) * HELD_BYTES);
      bench.run(heldTimeCall(bench.readings, rule, sums), data.readings.length);
      const expected = data.cutoffs.map(({ machine, t }) => {
        const known = readingsIn(data.readings[machine], t, { length });
        if (known.length === 0) return emittedBits(Number.NaN);
        let used = 0;
        for (let instant = t - length + 1; instant < t; instant++) {
          const holding = known.findLast(({ time }) => time <= instant);
          if (holding !== undefined && holding.value > rule.above && instant - holding.time < rule.hold) used++;
        }
        return emittedBits(used / 3);
      });
      for (const from of [sums, 0]) {
        const out = bench.column(4);
        bench.run(usedInWindowCall(bench.rows, side, rule, 3, from, out));
        assert.deepEqual(bench.bits(out), expected);
      }
    }),
    property,
  );
});
