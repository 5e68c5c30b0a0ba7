import assert from "node:assert/strict";
import { test } from "node:test";
import {
  computeFeatures,
  cutoffsOf,
  describeFleet,
  type FleetRows,
  fleetFromRows,
  planFeatures,
  rolling,
  rowsOf,
  timeSince,
} from "../../../src/features/index.ts";

test("from rows to rows in ten lines", async () => {
  const fleet = fleetFromRows({
    telemetry: [
      { machine: "press", time: "2025-03-01T00:00:00Z", volt: 170 },
      { machine: "press", time: "2025-03-01T01:00:00Z", volt: 174 },
    ],
    events: { maintenance: [{ machine: "press", time: "2025-02-28T12:00:00Z", kind: "belt" }] },
  });
  const specs = [rolling("volt", { over: "3h", stats: "mean" }), timeSince("maintenance", { any: false })];
  const { cutoffs } = cutoffsOf(fleet, [
    { machine: "press", time: "2025-03-01T00:00:00Z" },
    { machine: "press", time: "2025-03-01T01:00:00Z" },
  ]);
  const matrix = await computeFeatures(planFeatures(specs, describeFleet(fleet)), fleet, cutoffs);
  assert.deepEqual(rowsOf(cutoffs, matrix), [
    { machine: "press", cutoff: "2025-03-01T00:00:00Z", volt_mean_3h: 170, maintenance_belt_timeSince: 12 },
    { machine: "press", cutoff: "2025-03-01T01:00:00Z", volt_mean_3h: 172, maintenance_belt_timeSince: 13 },
  ]);
});

test("rows in any order are sorted, instants may be written in three ways, missing is NaN", () => {
  const { machines, telemetry } = fleetFromRows({
    telemetry: [
      { machine: "b", time: 2_000_000, volt: null },
      { machine: 7, time: new Date(1000), volt: 2, flow: 1 },
      { machine: "b", time: "1970-01-01T00:00:01", volt: 3, knownAt: new Date(5000) },
    ],
  });
  const [{ time, knownAt, offsets, sensors }] = telemetry;
  assert.deepEqual(machines, ["7", "b"]);
  assert.deepEqual([...time], [1_000_000, 1_000_000, 2_000_000]);
  assert.deepEqual([...knownAt], [1_000_000, 5_000_000, 2_000_000]);
  assert.deepEqual([...offsets], [0, 1, 3]);
  assert.deepEqual([...sensors["volt"]], [2, 3, Number.NaN]);
  assert.deepEqual([...sensors["flow"]], [1, Number.NaN, Number.NaN]);
});

test("machines without telemetry have no events and no facts", () => {
  const fleet = fleetFromRows({
    time: "cycles",
    telemetry: { a: [{ machine: "m", time: 1, volt: 1 }], b: [{ machine: "m", time: 1, flow: 1 }] },
    events: {
      failures: [
        { machine: "z", time: 1, kind: "q" },
        { machine: "m", time: 2 },
      ],
    },
    machines: [
      { machine: "z", age: 1 },
      { machine: "m", age: 2 },
    ],
  });
  assert.deepEqual(fleet.machines, ["m"]);
  assert.deepEqual(fleet.events["failures"].kinds, [""]);
  assert.deepEqual([...(fleet.machineTable?.attributes["age"].values ?? [])], [2]);
});

test("facts hold from `validFrom`, text is a category, and records of outcomes are named", () => {
  const { events, machineTable, schedule, limits } = fleetFromRows({
    time: "cycles",
    telemetry: [{ machine: "m", time: 1, volt: 1 }],
    events: { swaps: [{ machine: "m", time: 1 }], failures: [] },
    outcomes: ["swaps"],
    machines: [
      { machine: "m", validFrom: 5, model: "y", commissionedAt: -3 },
      { machine: "m", model: "x" },
    ],
    schedule: [{ component: "belt", interval: 9 }],
    limits: [{ sensor: "volt", high: 3 }],
  });
  assert.deepEqual([events["swaps"].outcome, events["failures"].outcome], [true, false]);
  assert.deepEqual(machineTable?.attributes["model"], {
    type: "category",
    levels: ["x", "y"],
    values: Int32Array.of(0, 1),
  });
  assert.deepEqual([...(machineTable?.validFrom ?? [])], [Number.NEGATIVE_INFINITY, 5]);
  assert.deepEqual([...(machineTable?.commissionedAt ?? [])], [-3]);
  const always = { match: {}, validFrom: Number.NEGATIVE_INFINITY };
  assert.deepEqual(schedule, [{ component: "belt", interval: 9, ...always }]);
  assert.deepEqual(limits, [{ sensor: "volt", low: Number.NEGATIVE_INFINITY, high: 3, ...always }]);
});

const wrong: [name: string, rows: object, code: string, message: RegExp][] = [
  [
    "a reading that is text",
    { telemetry: [{ machine: "m", time: 1, volt: "1" }] },
    "DATA_COLUMN_TYPE",
    /telemetry\[0\]\.volt/,
  ],
  ["a machine that is nothing", { telemetry: [{ time: 1, volt: 1 }] }, "DATA_COLUMN_TYPE", /telemetry\[0\]\.machine/],
  [
    "a time that is half a microsecond",
    { telemetry: [{ machine: "m", time: 0.5 }] },
    "DATA_INSTANT",
    /telemetry\[0\]\.time/,
  ],
  ["a time that is no instant", { telemetry: [{ machine: "m", time: "noon" }] }, "DATA_INSTANT", /noon/],
  [
    "a Date that is none",
    { telemetry: [{ machine: "m", time: new Date(Number.NaN) }] },
    "DATA_INSTANT",
    /Invalid Date/,
  ],
  [
    "two rows of one instant",
    {
      telemetry: [
        { machine: "m", time: 1 },
        { machine: "m", time: 1 },
      ],
    },
    "DATA_DUPLICATE",
    /rows 0 and 1/,
  ],
  ["a row that is a list", { telemetry: [[1, 2]] }, "DATA_COLUMN_TYPE", /telemetry\[0\]/],
  ["no rows at all", { telemetry: { a: 3 } }, "DATA_COLUMN_TYPE", /\ba\b/],
  [
    "a kind that is a number",
    { telemetry: [], events: { e: [{ machine: "m", time: 1, kind: 4 }] } },
    "DATA_COLUMN_TYPE",
    /e\[0\]\.kind/,
  ],
  [
    "an attribute that is now text, now a number",
    {
      telemetry: [{ machine: "m", time: 1 }],
      machines: [
        { machine: "m", age: 1 },
        { machine: "m", validFrom: 5, age: "old" },
      ],
    },
    "DATA_COLUMN_TYPE",
    /machines\[1\]\.age/,
  ],
  [
    "an interval that is missing",
    { telemetry: [], schedule: [{ component: "belt" }] },
    "DATA_COLUMN_TYPE",
    /schedule\[0\]\.interval/,
  ],
];

for (const [name, rows, code, message] of wrong) {
  test(`${name} is refused with its place`, () => {
    assert.throws(() => fleetFromRows(rows as FleetRows), { code, message });
  });
}
