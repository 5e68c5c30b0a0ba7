import assert from "node:assert/strict";
import { test } from "node:test";
import type { FeatureLeak, Leak, LeakReport } from "../../src/check/leak.ts";
import { leakError } from "../../src/check/leak-error.ts";
import { reportJson } from "../../src/check/report-json.ts";
import { reportText } from "../../src/check/report-text.ts";
import { MICROS_PER_HOUR as HOUR } from "../../src/core/time.ts";

const feature: FeatureLeak = {
  leak: "feature",
  columns: ["volt_mean_3h"],
  reason: "after the cutoff",
  machine: "m1",
  cutoff: 10 * HOUR,
  values: [1.25, null],
  cause: { table: "telemetry", machine: "m1", time: 11.5 * HOUR, change: "deleted", rows: 1 },
};

function reportOf(leaks: readonly Leak[], more: Partial<LeakReport> = {}): LeakReport {
  return {
    time: "timestamp",
    machines: 2,
    learners: ["gbdt"],
    trials: 10,
    seed: 0,
    columns: 3,
    values: 1200,
    labels: 30,
    folds: [{ name: "at 5", train: 5, evaluate: 5 }],
    fits: 2,
    notFitted: [],
    leaks,
    moreColumns: [],
    ...more,
  };
}

/** The lines of a leak: those from the first ✗ to the next part. */
const told = (leak: Leak, more: Partial<LeakReport> = {}) =>
  reportText(reportOf([leak], more))
    .split("\n")
    .filter((_line, i, lines) => {
      const start = lines.findIndex((text) => text.startsWith("✗"));
      const end = lines.findIndex((text, at) => at > start && (text === "" || text.startsWith("✓")));
      return i >= start && i < end;
    });

test("a leaking feature is told with its cutoff and machine, both values and the row that moved it", () => {
  assert.deepEqual(told(feature), [
    "✗ features  volt_mean_3h",
    "            reads what comes after the cutoff",
    "  cutoff    1970-01-01T10:00:00Z, machine m1",
    "  value     1.25 becomes missing",
    "  when      a row of telemetry at 1970-01-01T11:30:00Z (1h 30m after) is deleted",
  ]);
});

test("columns beyond three are counted, a late record says when it became known, a moved one where to", () => {
  const cause = { ...feature.cause, table: "errors", kind: "e1", time: 9 * HOUR, knownAt: 34 * HOUR, machine: "m2" };
  const lines = told({ ...feature, columns: ["a", "b", "c", "d", "e"], reason: "not known yet", cause });
  assert.deepEqual(lines.slice(0, 2), [
    "✗ features  a, b, c and 2 more",
    "            read what was not known yet at the cutoff",
  ]);
  assert.deepEqual(lines.slice(3), [
    "  value     a: 1.25 becomes missing",
    "  when      e1 of errors, machine m2, at 1970-01-01T09:00:00Z (1h before, known 1d after) is deleted",
  ]);
  const moved: FeatureLeak = {
    ...feature,
    reason: "own instant",
    cause: { table: "failures", time: 20, change: "moved", movedTo: 10, rows: 3 },
    cutoff: 10,
  };
  assert.equal(
    told(moved, { time: "cycles" }).at(-1),
    "  when      a row of failures at 20 (10c after) is moved to 10 (that very instant) with 2 more",
  );
});

test("leaks of labels, splits and fits are told in their own words", () => {
  assert.deepEqual(told({ ...feature, leak: "label", end: 11 * HOUR, values: [0, 1] }).slice(0, 3), [
    "✗ labels    a label depends on what comes after its end, so no purge can hold it apart",
    "  cutoff    1970-01-01T10:00:00Z, machine m1, label to 1970-01-01T11:00:00Z",
    "  value     0 becomes 1",
  ]);
  assert.deepEqual(
    told({
      leak: "split",
      fold: "at 5",
      reason: "overlaps an evaluation label",
      rows: 1200,
      machine: "m1",
      cutoff: 0,
      interval: [-HOUR, 2 * HOUR],
      evaluation: [HOUR, 5 * HOUR],
    }),
    [
      "✗ splits    1,200 training rows overlap what evaluation rows predict",
      "  fold      at 5",
      "  first row 1970-01-01T00:00:00Z, machine m1",
      "  reaches   from 1969-12-31T23:00:00Z to 1970-01-01T02:00:00Z",
      "  evaluated from 1970-01-01T01:00:00Z to 1970-01-01T05:00:00Z",
    ],
  );
  assert.deepEqual(
    told({
      leak: "fit",
      learner: "gbdt",
      fold: "at 5",
      stage: "featurizer",
      where: "outputs[3].interval",
      values: ["12", "13.5"],
      reads: ["features", "events"],
    }),
    [
      "✗ fits      the featurizer of gbdt reads more than its training rows",
      "  fold      at 5",
      "  value     outputs[3].interval: 12 becomes 13.5",
      "  when      outside training there are other features, events",
    ],
  );
});

test("what was not tried is not said to be right", () => {
  const nothing = reportText(
    reportOf([], { trials: 0, fits: 0, folds: [], notFitted: ["at 5: no failure in training"] }),
  );
  assert.equal(nothing, "\n  not used  at 5: no failure in training\n\nno leak found in 0 trials (seed 0)\n");
});

test("the JSON document has instants as text, the error code 3", () => {
  const json = JSON.parse(reportJson(reportOf([feature])));
  assert.equal(json.leaks[0].cutoff, "1970-01-01T10:00:00Z");
  assert.equal(json.leaks[0].cause.time, "1970-01-01T11:30:00Z");
  assert.equal(json.time, "timestamp");
  const error = leakError([feature]);
  assert.deepEqual([error.code, error.exitCode, error.details.found], ["DATA_LEAK", 3, "1 leak"]);
});
