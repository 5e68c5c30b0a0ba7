/** Arbitrary small fleets in cycles, as rows that a test may drop, change and build again, and arbitrary plans for them. */
import fc from "fast-check";
import * as words from "../../../src/features/index.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { everyStatistic } from "./every-statistic.ts";
import type { EventRow, FleetRows, MachineRow, ReadingRow } from "./make-fleet.ts";

export const LAST_CYCLE = 40;
export const machines = ["m1", "m2"];
const sensors = ["volt", "temp", "flow"];

export interface RandomRows extends FleetRows {
  telemetry: Record<"fast" | "slow", ReadingRow[]>;
  events: Record<"errors" | "maintenance" | "failures", EventRow[]>;
  machineTable: MachineRow[];
}

const machine = fc.constantFrom(...machines);
const time = fc.integer({ min: 0, max: LAST_CYCLE });
const delay = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 10 }));
const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -3, max: 9 }) },
  { weight: 3, arbitrary: fc.double({ min: -100, max: 100 }) },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(1e300, -1e300, 1e-300, -0) },
);

function readings(...names: string[]): fc.Arbitrary<ReadingRow[]> {
  const values = fc.record(Object.fromEntries(names.map((name) => [name, value])));
  return fc
    .uniqueArray(fc.record({ machine, time, delay, values }), {
      selector: (row) => `${row.machine} ${row.time}`,
      maxLength: 40,
    })
    .map((rows) => rows.map(({ delay, ...row }) => ({ ...row, knownAt: row.time + delay })));
}

function events(...kinds: string[]): fc.Arbitrary<EventRow[]> {
  return fc
    .uniqueArray(fc.record({ machine, time, delay, kind: fc.constantFrom(...kinds) }), {
      selector: (row) => `${row.machine} ${row.time} ${row.kind}`,
      maxLength: 8,
    })
    .map((rows) => rows.map(({ delay, ...row }) => ({ ...row, knownAt: row.time + delay })));
}

const validFrom = fc.constantFrom(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 10, 25);
const match = fc.constantFrom<Record<string, string>>({}, {}, { model: "x" }, { model: "y" });
const machineRow = fc.record({
  machine,
  validFrom,
  attributes: fc.record({
    model: fc.constantFrom("x", "y", "z", undefined),
    age: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  }),
});

/** Two machines, two telemetry tables with sensors of their own, late and missing readings, events, reference tables. */
export function randomRows(): fc.Arbitrary<RandomRows> {
  return fc
    .record({
      fast: readings("volt", "temp"),
      slow: readings("flow"),
      errors: events("e1", "e2"),
      maintenance: events("a", "b"),
      failures: events("a", "b"),
      machineTable: fc.uniqueArray(machineRow, { selector: (row) => `${row.machine} ${row.validFrom}`, maxLength: 4 }),
      commissionedAt: fc.constantFrom<Record<string, number>>({}, { m1: 0 }, { m1: -5, m2: 12 }),
      schedule: fc.array(
        fc.record({ match, validFrom, component: fc.constantFrom("a", "b"), interval: fc.integer({ min: 1, max: 9 }) }),
        { maxLength: 4 },
      ),
      limits: fc.array(
        fc.record({
          match,
          validFrom,
          sensor: fc.constantFrom("volt", "flow"),
          low: fc.constantFrom(Number.NEGATIVE_INFINITY, -1, 0),
          high: fc.constantFrom(Number.POSITIVE_INFINITY, 3, 6),
        }),
        { maxLength: 4 },
      ),
    })
    .map(({ fast, slow, errors, maintenance, failures, ...rest }) => ({
      ...rest,
      machines,
      sensors: { fast: ["volt", "temp"], slow: ["flow"] },
      attributeTypes: { model: "category", age: "number" },
      telemetry: { fast, slow },
      events: { errors, maintenance, failures },
    }));
}

const some = (from: readonly string[]) => fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: 3 });
const over = fc.uniqueArray(fc.constantFrom("1c", "3c", "7c", "30c"), { minLength: 1, maxLength: 2 });
const hold = fc.constantFrom(undefined, "2c", "5c");
const table = fc.constantFrom("errors", "maintenance", "failures");

const resetOn = fc.option(table, { nil: undefined });
const pair = fc.constantFrom(["volt", "temp"], ["temp", "volt"], ["volt", "flow"], ["flow", "temp"], ["volt", "volt"]);
const pairStats = fc.uniqueArray(fc.constantFrom("mean", "sd", "min", "max", "last", "count"), { minLength: 1 });

const ofEvents: readonly fc.Arbitrary<FeatureSpec>[] = [
  fc.record({ table, over, resetOn }).map(({ table, ...options }) => words.intervalOf(table, options)),
  fc.record({ table, over, resetOn }).map(({ table, ...options }) => words.lastKind(table, options)),
  fc.record({ table, over }).map(({ table, over }) => words.rateOf(table, { over })),
  fc
    .record({
      kinds: fc.array(fc.constantFrom("e1", "e2"), { minLength: 2, maxLength: 3 }),
      within: fc.constantFrom("1c", "4c", "20c"),
      over,
      resetOn,
    })
    .map(({ kinds, ...options }) => words.sequenceOf("errors", kinds, options)),
];

const ofTwoSensors: readonly fc.Arbitrary<FeatureSpec>[] = [
  fc
    .record({ pair, over, hold, resetOn })
    .map(({ pair: [left, right], ...options }) =>
      words.correlationOf(left, right, { ...options, stats: ["correlation", "covariance", "slope"] }),
    ),
  fc
    .record({ pair, over, stats: pairStats, hold, resetOn })
    .map(({ pair: [left, right], ...options }) => words.differenceOf(left, right, options)),
  fc.record({ pair, hold }).map(({ pair: [left, right], ...options }) => words.differenceOf(left, right, options)),
  fc
    .record({ pair, over, stats: pairStats, hold, resetOn })
    .map(({ pair: [left, right], ...options }) => words.ratioOf(left, right, options)),
  fc.record({ pair, hold }).map(({ pair: [left, right], ...options }) => words.ratioOf(left, right, options)),
];

const windowed: readonly fc.Arbitrary<FeatureSpec>[] = [
  ...ofEvents,
  ...ofTwoSensors,
  fc
    .record({ sensors: some(sensors), above: fc.integer({ min: -2, max: 4 }), over, hold, resetOn })
    .map(({ sensors, ...options }) => words.hoursAbove(sensors, options)),
  fc
    .record({
      sensors: some(sensors),
      over,
      stats: fc.subarray([...everyStatistic], { minLength: 1, maxLength: 12 }),
      resetOn: fc.option(table, { nil: undefined }),
    })
    .map(({ sensors, ...options }) => words.rolling(sensors, options)),
  fc
    .record({ sensors: some(sensors), by: over, hold })
    .map(({ sensors, by, hold }) => words.lag(sensors, { by, hold })),
  fc
    .record({ sensors: some(sensors), by: over, hold })
    .map(({ sensors, by, hold }) => words.delta(sensors, { by, hold })),
  fc.record({ table, over, resetOn }).map(({ table, ...options }) => words.countOf(table, options)),
  hold.map((hold) => words.limitMargin("limits", { hold })),
  fc
    .record({ over, sides: fc.constantFrom(undefined, "high" as const, ["either", "low"] as const) })
    .map((options) => words.limitExceeded("limits", options)),
];

const anchored: readonly fc.Arbitrary<FeatureSpec>[] = [
  table.map((name) => words.timeSince(name)),
  fc
    .record({
      table,
      sensor: fc.option(fc.constantFrom(...sensors), { nil: undefined }),
      above: fc.integer({ min: -2, max: 4 }),
      hold,
    })
    .map(({ table, ...options }) => words.usedSince(table, options)),
  fc
    .record({
      schedule: fc.constantFrom("schedule" as const, words.learnedSchedule({ of: "failures", quantile: 0.3 })),
      fromCommissioning: fc.constantFrom(undefined, false, true),
    })
    .map(({ schedule, fromCommissioning }) => words.scheduleUsed(schedule, { fromCommissioning })),
  fc.constant(words.attributes("model", "age")),
  fc.constantFrom("code" as const, "frequency" as const).map((encoding) => words.attributes("model", { encoding })),
  fc.constant(words.age()),
  fc
    .record({ table, since: table, component: fc.constantFrom(undefined, "a", "e1") })
    .map(({ table, ...options }) => words.countSince(table, options)),
];

/** One of every windowed feature. */
export const windowedSpecs: fc.Arbitrary<FeatureSpec[]> = fc.tuple(...windowed);

/** One of every feature. */
export const allSpecs: fc.Arbitrary<FeatureSpec[]> = fc.tuple(...windowed, ...anchored);

/** Cutoffs of each machine, ascending. */
export const instants: fc.Arbitrary<number[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: LAST_CYCLE + 5 }), { minLength: 1, maxLength: 8 })
  .map((list) => list.sort((a, b) => a - b));
