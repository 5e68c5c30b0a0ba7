/** Arbitrary records of two machines in whole seconds, late and missing rows among them, and arbitrary operating cycles of them. */
import fc from "fast-check";
import { type OperatingCycles, operatingCycles } from "../../../../src/features/cycles/operating-cycles.ts";
import { delta, lag, perCycle, rolling } from "../../../../src/features/index.ts";
import { makeFleet, type ReadingRow } from "../../support/make-fleet.ts";
import { SECOND } from "./cycles-at.ts";

export const machines = ["m1", "m2"];
export const LAST = 120;

/** A telemetry row with its table; times in microseconds. */
export interface RandomRow extends Required<Pick<ReadingRow, "machine" | "time" | "knownAt" | "values">> {
  table: "t" | "u";
}

const late = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 12 }));
const reading = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 9 }) },
  { weight: 3, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, -0, Number.POSITIVE_INFINITY) },
);
const running = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 1) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

function rowsOf(table: "t" | "u", values: fc.Arbitrary<Record<string, number>>): fc.Arbitrary<RandomRow[]> {
  const row = fc.record({
    machine: fc.constantFrom(...machines),
    second: fc.integer({ min: 0, max: LAST }),
    late,
    values,
  });
  return fc
    .uniqueArray(row, {
      selector: ({ machine, second }) => `${machine} ${second}`,
      minLength: 10,
      maxLength: 70,
      size: "max",
    })
    .map((rows) =>
      rows.map(({ machine, second, late, values }) => {
        return { table, machine, time: second * SECOND, knownAt: (second + late) * SECOND, values };
      }),
    );
}

/** Table t has volt and running, table u has flow. */
export const randomRows: fc.Arbitrary<RandomRow[]> = fc
  .tuple(rowsOf("t", fc.record({ volt: reading, running })), rowsOf("u", fc.record({ flow: reading })))
  .map((tables) => tables.flat());

export function fleetOf(rows: readonly RandomRow[]) {
  const of = (table: string) => rows.filter((row) => row.table === table);
  return makeFleet({
    time: "timestamp",
    machines,
    telemetry: { t: of("t"), u: of("u") },
    sensors: { t: ["volt", "running"], u: ["flow"] },
    events: { maintenance: [{ machine: "m1", time: 60 * SECOND }] },
  });
}

export const randomCycles: fc.Arbitrary<OperatingCycles> = fc
  .record({
    byState: fc.boolean(),
    pause: fc.constantFrom("3s", "5s", "9s"),
    late: fc.constantFrom(undefined, "4s", "12s"),
  })
  .map(({ byState, pause, late }) => {
    const lateness = late === undefined ? {} : { late };
    return byState
      ? operatingCycles({ state: "running", is: 1, silence: pause, ...lateness })
      : operatingCycles({ gap: pause, ...lateness });
  });

/** Aggregates of cycles, and windows, lags and changes in cycles; in time there is none, since a cycle may begin any time before it. */
export const countedSpecs = [
  perCycle(["volt", "flow"], ["mean", "sd", "min", "max", "range", "first", "last", "sum", "count", "slope"], {
    duration: true,
    count: true,
  }),
  rolling(["volt_mean_cycle", "flow_max_cycle", "cycle_count"], {
    over: ["1c", "2c", "4c"],
    stats: ["mean", "sd", "min", "max", "last", "count", "slope", "median"],
  }),
  rolling("volt_max_cycle", { over: "3c", stats: ["mean", "count"], resetOn: "maintenance" }),
  lag("volt_mean_cycle", { by: ["1c", "3c"] }),
  delta("volt_mean_cycle", { by: "2c", hold: "2c" }),
];

export const timedSpecs = [
  rolling(["volt_mean_cycle", "cycle_duration"], {
    over: ["7s", "30s"],
    stats: ["mean", "max", "count"],
    resetOn: "maintenance",
  }),
  lag("volt_mean_cycle", { by: "10s" }),
];

export const seconds: fc.Arbitrary<number[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: LAST + 20 }), { minLength: 1, maxLength: 10 })
  .map((list) => list.sort((a, b) => a - b));
