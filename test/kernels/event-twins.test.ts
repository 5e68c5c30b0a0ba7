import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Events } from "../../src/core/fleet.ts";
import { settledRecords } from "../../src/features/compute/event-columns.ts";
import { sequencesOf } from "../../src/features/compute/sequences.ts";
import { lastEventCall } from "../../src/kernels/calls.ts";
import {
  countEventsCall,
  countSequencesCall,
  emitEqualCall,
  eventIntervalsCall,
  lastKindCall,
} from "../../src/kernels/event-calls.ts";
import { eventsIn, intervals, type KindEvent, lastKind, sequences } from "./reference/events.ts";
import { emittedBits, visibleEvents } from "./reference/statistics.ts";
import { Bench, type Case, cases } from "./support/machines.ts";

const property = { seed: 20150301, numRuns: 400 };
const length = fc.integer({ min: 1, max: 40 });
const codes = fc.array(fc.nat(2), { minLength: 6, maxLength: 6 });

/** A case whose events have kinds: those of an instant ascend, each kind once. */
interface KindCase extends Case {
  events: readonly (readonly KindEvent[])[];
}

const kindCases: fc.Arbitrary<KindCase> = fc.tuple(cases, codes).map(([data, kinds]) => ({
  ...data,
  events: data.events.map((events) => inOrder(events.map((event, i) => ({ ...event, kind: kinds[i % kinds.length] })))),
}));

/** One machine with many events in a short time, of which a few are late. */
const denseCases: fc.Arbitrary<KindCase> = fc
  .record({
    events: fc.array(fc.record({ time: fc.nat(14), kind: fc.nat(2), delay: fc.constantFrom(0, 0, 0, 0, 3, 9) }), {
      minLength: 4,
      maxLength: 16,
    }),
    cutoffs: fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
  })
  .map(({ events, cutoffs }) => ({
    readings: [[]],
    events: [inOrder(events.map(({ delay, ...event }) => ({ ...event, knownAt: event.time + delay })))],
    cutoffs: cutoffs.map((t) => ({ machine: 0, t })),
  }));

function inOrder(events: readonly KindEvent[]): KindEvent[] {
  return events
    .filter((a, i) => events.findIndex((b) => a.time === b.time && a.kind === b.kind) === i)
    .sort((a, b) => a.time - b.time || a.kind - b.kind);
}

function assertBits(bench: Bench, out: number, { cutoffs }: Case, twin: (machine: number, t: number) => number): void {
  assert.deepEqual(
    bench.bits(out),
    cutoffs.map(({ machine, t }) => emittedBits(twin(machine, t))),
  );
}

/** Anchors, or none, that lie anywhere before their cutoffs. */
function anchorsOf(bench: Bench, data: Case, wanted: boolean) {
  const anchors = data.cutoffs.map(({ t }) => (t % 3 === 0 ? Number.NaN : t - (t % 7)));
  const anchor = wanted ? bench.memory.float64(anchors) : 0;
  const at = (t: number) => (wanted && t % 3 !== 0 ? t - (t % 7) : Number.NaN);
  return { anchor, at };
}

test("events are counted in a window and after an anchor as their plain twin counts them, quickly or one by one", () => {
  fc.assert(
    fc.property(cases, length, fc.boolean(), fc.boolean(), fc.boolean(), (data, length, outcome, anchors, anchored) => {
      const bench = new Bench(data);
      const { anchor, at } = anchorsOf(bench, data, anchors);
      const events = bench.events(outcome);
      for (const columns of [events, { ...events, settled: undefined }]) {
        const out = bench.column(4);
        bench.run(countEventsCall(bench.rows, columns, { length, anchor, anchored, per: 3 }, out));
        assertBits(bench, out, data, (machine, t) => {
          if (anchors && anchored && Number.isNaN(at(t))) return Number.NaN;
          return eventsIn(data.events[machine], t, { length, anchor: at(t), outcome }).length / 3;
        });
      }
    }),
    property,
  );
});

test("intervals equal their plain twin to the bit, quickly or one by one", () => {
  fc.assert(
    fc.property(cases, length, fc.boolean(), fc.boolean(), (data, length, outcome, anchors) => {
      const bench = new Bench(data);
      const { anchor, at } = anchorsOf(bench, data, anchors);
      const events = bench.events(outcome);
      for (const columns of [events, { ...events, settled: undefined }]) {
        const [mean, last] = [bench.column(4), bench.column(4)];
        bench.run(eventIntervalsCall(bench.rows, columns, { length, anchor }, 7, { mean, last }));
        const twin = (machine: number, t: number) =>
          intervals(eventsIn(data.events[machine], t, { length, anchor: at(t), outcome }), 7);
        assertBits(bench, mean, data, (machine, t) => twin(machine, t).mean);
        assertBits(bench, last, data, (machine, t) => twin(machine, t).last);
      }
    }),
    property,
  );
});

test("the last kind is that of the last visible instant, the smallest of several", () => {
  fc.assert(
    fc.property(kindCases, length, fc.boolean(), fc.integer({ min: -2, max: 2 }), (data, length, outcome, wanted) => {
      const bench = new Bench(data);
      const [code, is] = [bench.column(), bench.column(4)];
      const kind = bench.memory.float64(data.events.flat().map((event) => event.kind));
      const { anchor, at } = anchorsOf(bench, data, length % 2 === 0);
      bench.run(lastKindCall(bench.rows, bench.events(outcome), kind, { length, anchor }, code));
      bench.run(emitEqualCall(code, wanted, is));
      assertBits(bench, is, data, (machine, t) => {
        return lastKind(eventsIn(data.events[machine], t, { length, anchor: at(t), outcome })) === wanted ? 1 : 0;
      });
    }),
    property,
  );
});

const rules = fc.record({
  kinds: fc.array(fc.nat(2), { minLength: 2, maxLength: 4 }),
  within: fc.integer({ min: 1, max: 6 }),
});

test("sequences are counted as their plain twin finds them, which tries every event for every step, known beforehand or not", () => {
  fc.assert(
    fc.property(denseCases, rules, length, fc.boolean(), fc.boolean(), (data, rule, length, outcome, anchors) => {
      const bench = new Bench(data);
      const { anchor, at } = anchorsOf(bench, data, anchors);
      const kind = bench.memory.float64(data.events.flat().map((event) => event.kind));
      const steps = { kind, codes: bench.memory.float64(rule.kinds), steps: rule.kinds.length, within: rule.within };
      const found = sequencesOf(tableOf(data, outcome), { kinds: rule.kinds.map(String), within: rule.within });
      const known = {
        offsets: bench.memory.uint32(found.offsets),
        starts: bench.memory.float64(found.starts),
        ended: bench.memory.uint32(found.ended),
      };
      for (const beforehand of [known, undefined]) {
        const out = bench.column(4);
        bench.run(countSequencesCall(bench.rows, bench.events(outcome), steps, beforehand, { length, anchor }, out));
        assertBits(bench, out, data, (machine, t) =>
          sequences(eventsIn(data.events[machine], t, { length, anchor: at(t), outcome }), rule.kinds, rule.within),
        );
      }
    }),
    { ...property, numRuns: 800 },
  );
});

test("up to where all events are settled each is visible, and the next is not", () => {
  fc.assert(
    fc.property(kindCases, fc.integer({ min: 0, max: 50 }), (data, t) => {
      const { offsets, time, knownAt } = tableOf(data, false);
      const { at } = settledRecords({ offsets, time, seenAt: knownAt });
      for (const [machine, events] of data.events.entries()) {
        const settled =
          at.subarray(offsets[machine], offsets[machine + 1]).findLastIndex((instant) => instant <= t) + 1;
        const seen = events.map((event) => visibleEvents([event], t, false).length === 1);
        assert.equal(settled, seen.includes(false) ? seen.indexOf(false) : seen.length);
      }
    }),
    property,
  );
});

test("an anchor is the last event of another table as well", () => {
  const data: Case = {
    readings: [[]],
    events: [[1, 2, 3, 5].map((time) => ({ time, knownAt: time }))],
    cutoffs: [{ machine: 0, t: 4 }],
  };
  const bench = new Bench(data);
  const [anchor, out] = [bench.column(), bench.column(4)];
  bench.run(lastEventCall(bench.rows, bench.events(true), anchor));
  const window = { length: Number.POSITIVE_INFINITY, anchor, anchored: true, per: 1 };
  bench.run(countEventsCall(bench.rows, bench.events(false), window, out));
  assert.deepEqual(bench.bits(out), [emittedBits(0)]);
});

function tableOf({ events }: KindCase, outcome: boolean): Events {
  const rows = events.flat();
  const offsets = new Uint32Array(events.length + 1);
  for (const [machine, list] of events.entries()) offsets[machine + 1] = offsets[machine] + list.length;
  return {
    name: "errors",
    offsets,
    time: Float64Array.from(rows, ({ time }) => time),
    knownAt: Float64Array.from(rows, ({ knownAt }) => knownAt),
    kinds: ["0", "1", "2"],
    kind: Uint32Array.from(rows, ({ kind }) => kind),
    outcome,
  };
}
