import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILS, HEALTHY, type Labels } from "../../src/labels/labels.ts";
import { planWarnings } from "../../src/pipeline/plan-warnings.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { smallOptions } from "./support/small-fleet.ts";

const day = (text: string) => Date.parse(text) * 1000;
const state = Uint8Array.of(HEALTHY, FAILS, HEALTHY);
const labels: Labels = {
  task: { kind: "binary" },
  state,
  value: Float64Array.from(state),
  components: {},
  end: new Float64Array(3),
};
const failures = { source: "events.failures", files: [], read: 4, used: 4, quarantined: {} };
const fine = {
  options: { ...smallOptions, split: byTime("2025-02-01") },
  sources: [failures],
  span: [day("2025-01-01"), day("2025-03-01")] as const,
  labels,
  folds: [{ name: "at 2025-02-01", train: Uint32Array.of(0, 1), evaluate: Uint32Array.of(1, 2) }],
};

test("a plan with nothing odd has no warning", () => {
  assert.deepEqual(planWarnings(fine), []);
});

test("a split outside the data, parts without a failure and failures set aside are warned of", () => {
  const [fold] = fine.folds;
  assert.deepEqual(planWarnings({ ...fine, options: { ...smallOptions, split: byTime("2026-01-01") } }), [
    "the split at 2026-01-01T00:00:00Z lies outside the data, which go from 2025-01-01T00:00:00Z to 2025-03-01T00:00:00Z",
  ]);
  assert.deepEqual(
    planWarnings({ ...fine, folds: [{ ...fold, train: Uint32Array.of(0), evaluate: Uint32Array.of(2) }] }),
    ["fold at 2025-02-01: no failure in training", "fold at 2025-02-01: no failure in evaluation"],
  );
  const aside = { ...failures, used: 1, quarantined: { unknownMachine: 3 } };
  assert.deepEqual(planWarnings({ ...fine, sources: [aside] }), [
    "3 of 4 rows of events.failures are set aside (unknownMachine): are its machines called as in the telemetry?",
  ]);
});

test("telemetry that is mostly set aside and columns that change between files are warned of", () => {
  const columns = [
    { change: "added", column: "w", file: "2.csv", unlike: "1.csv" },
    { change: "retyped", column: "v", file: "2.csv", unlike: "1.csv", types: ["BIGINT", "DOUBLE"] },
  ] as const;
  const telemetry = {
    source: "telemetry",
    files: [],
    read: 10,
    used: 4,
    quarantined: { badTime: 2, badValue: 4 },
    columns,
  };
  assert.deepEqual(planWarnings({ ...fine, sources: [telemetry] }), [
    "6 of 10 rows of telemetry are set aside, most of them for badValue",
    "telemetry: `w` is in 2.csv, not in 1.csv",
    "telemetry: `v` has another type in 2.csv than in 1.csv",
  ]);
});

test("telemetry stamped at the start of its interval is late by it", () => {
  const telemetry = {
    ...smallOptions.telemetry,
    stamp: "start",
    stampInterval: "400h",
  } as typeof smallOptions.telemetry;
  assert.match(
    planWarnings({ ...fine, options: { ...fine.options, telemetry } }).join(),
    /sees nothing of telemetry, which is known only 400h later/,
  );
});
