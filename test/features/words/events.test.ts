import assert from "node:assert/strict";
import { test } from "node:test";
import { MICROS_PER_HOUR } from "../../../src/core/time.ts";
import {
  countOf,
  countSince,
  featurize,
  intervalOf,
  lastKind,
  rateOf,
  sequenceOf,
} from "../../../src/features/index.ts";
import { featuresAt } from "../support/compute.ts";
import { type EventRow, type FleetRows, makeFleet } from "../support/make-fleet.ts";
import { fitAt } from "./support/fit-at.ts";

const NONE = Number.NaN;
const telemetry = { t: [{ time: 0, values: { volt: 1 } }] };

function withErrors(errors: readonly EventRow[], others: FleetRows["events"] = {}): FleetRows {
  return { telemetry, events: { errors, ...others } };
}

test("countSince counts what came after the last replacement, not what is stamped at it; unknown without one", async () => {
  const errors = [1, 4, 6, 7].map((time) => ({ time, kind: "e" }));
  const rows = withErrors(errors, {
    maintenance: [
      { time: 2, kind: "a" },
      { time: 6, kind: "b" },
    ],
  });
  const counts = await featuresAt(rows, countSince("errors", { since: "maintenance" }), [1, 2, 3, 5, 6, 7, 8]);
  // A replacement is visible strictly after its instant: at 6 the count still goes on from 2.
  assert.deepEqual(counts["errors_e_countSince_maintenance"], [NONE, NONE, 0, 1, 2, 1, 1]);
  const ofA = await featuresAt(rows, countSince("errors", { since: "maintenance", component: "a", any: false }), [8]);
  assert.deepEqual(ofA, { errors_e_countSince_maintenance_a: [3] });
});

test("countSince by default counts each kind and any", async () => {
  const rows = withErrors(
    [
      { time: 3, kind: "e1" },
      { time: 3, kind: "e2" },
      { time: 4, kind: "e1" },
    ],
    { maintenance: [{ time: 1 }] },
  );
  assert.deepEqual(await featuresAt(rows, countSince("errors", { since: "maintenance" }), [5]), {
    errors_e1_countSince_maintenance: [2],
    errors_e2_countSince_maintenance: [1],
    errors_any_countSince_maintenance: [3],
  });
});

test("intervals are those between neighbours in the window; it takes two", async () => {
  const rows = withErrors([1, 4, 10].map((time) => ({ time, kind: "e" })));
  const spec = intervalOf("errors", { over: "9c", any: false });
  // (1 - 9, 1], (5 - 9, 5] holds 1 and 4; (10 - 9, 10] holds 4 and 10; 13 the same; 14 holds 10 alone.
  assert.deepEqual(await featuresAt(rows, spec, [1, 5, 9, 10, 12, 13]), {
    errors_e_meanInterval_9c: [NONE, 3, 3, 6, 6, NONE],
    errors_e_lastInterval_9c: [NONE, 3, 3, 6, 6, NONE],
  });
});

test("the mean interval is over all of the window's, the last is the last; records of one instant are one event for any", async () => {
  const rows = withErrors([
    { time: 1, kind: "e1" },
    { time: 1, kind: "e2" },
    { time: 3, kind: "e2" },
    { time: 9, kind: "e1" },
    { time: 9, kind: "e2" },
  ]);
  assert.deepEqual(await featuresAt(rows, intervalOf("errors", { over: "30c" }), [9]), {
    errors_e1_meanInterval_30c: [8],
    errors_e1_lastInterval_30c: [8],
    errors_e2_meanInterval_30c: [4],
    errors_e2_lastInterval_30c: [6],
    errors_any_meanInterval_30c: [4],
    errors_any_lastInterval_30c: [6],
  });
});

test("intervals are in hours for timestamps, and start anew where they are told to", async () => {
  const rows: FleetRows = {
    ...withErrors(
      [1, 2, 4, 8].map((hour) => ({ time: hour * MICROS_PER_HOUR, kind: "e" })),
      { maintenance: [{ time: 2 * MICROS_PER_HOUR }] },
    ),
    time: "timestamp",
  };
  const options = { over: "1d", stats: "mean", any: false } as const;
  const at = [9 * MICROS_PER_HOUR];
  assert.deepEqual(await featuresAt(rows, intervalOf("errors", options), at), {
    errors_e_meanInterval_1d: [Math.fround(7 / 3)],
  });
  assert.deepEqual(await featuresAt(rows, intervalOf("errors", { ...options, resetOn: "maintenance" }), at), {
    errors_e_meanInterval_1d: [4],
  });
});

test("the last kind of several at one instant is the smallest by bytes, of those visible", async () => {
  const rows = withErrors([
    { time: 1, kind: "e3" },
    { time: 2, kind: "e2" },
    { time: 2, kind: "e1", knownAt: 4 },
  ]);
  assert.deepEqual(await featuresAt(rows, lastKind("errors", { over: "5c" }), [0, 1, 3, 4, 6, 7]), {
    errors_e1_lastKind_5c: [0, 0, 0, 1, 1, 0],
    errors_e2_lastKind_5c: [0, 0, 1, 0, 0, 0],
    errors_e3_lastKind_5c: [0, 1, 0, 0, 0, 0],
    errors_none_lastKind_5c: [1, 0, 0, 0, 0, 1],
  });
});

test("a last kind that no training row saw, or a record without a kind, is other", async () => {
  const rows = withErrors([{ time: 1, kind: "e1" }, { time: 3, kind: "e2" }, { time: 5 }]);
  const { columns, featurizer, cutoffs } = await fitAt(rows, lastKind("errors", { over: "9c" }), [0, 2, 3, 6], [0, 1]);
  const expected = {
    errors_e1_lastKind_9c: [0, 1, 0, 0],
    errors_none_lastKind_9c: [1, 0, 0, 0],
    errors_other_lastKind_9c: [0, 0, 1, 1],
  };
  assert.deepEqual(columns, expected);
  const scored = await featurize(featurizer, makeFleet(rows), cutoffs);
  assert.deepEqual(Object.fromEntries(scored.names.map((name, i) => [name, [...scored.columns[i]]])), expected);
});

test("a sequence is counted at its last event, if each step is later than the one before by no more than it may be", async () => {
  const rows = withErrors([
    { time: 1, kind: "e1" },
    { time: 4, kind: "e2" },
    { time: 5, kind: "e2" },
    { time: 9, kind: "e1" },
    { time: 9, kind: "e2" },
    { time: 10, kind: "e2" },
  ]);
  const spec = sequenceOf("errors", ["e1", "e2"], { within: "3c", over: ["9c", "2c"] });
  // e2 at 4 follows e1 at 1; at 5 it is too late, at 9 not later than e1; at 10 it follows that. From 10 on (1, 10] lacks the first e1.
  assert.deepEqual(await featuresAt(rows, spec, [1, 4, 5, 9, 10, 11]), {
    errors_e1_e2_sequence_3c_9c: [0, 1, 1, 1, 1, 1],
    errors_e1_e2_sequence_3c_2c: [0, 0, 0, 0, 1, 0],
  });
});

test("a sequence may be longer, and of one kind", async () => {
  const rows = withErrors([1, 2, 3].map((time) => ({ time, kind: "e1" })));
  const spec = sequenceOf("errors", ["e1", "e1", "e1"], { within: "1c", over: "9c" });
  assert.deepEqual(await featuresAt(rows, spec, [2, 3]), { errors_e1_e1_e1_sequence_1c_9c: [0, 1] });
});

test("a late event ends or starts a sequence only once it is known", async () => {
  const rows = withErrors([
    { time: 1, kind: "e1", knownAt: 6 },
    { time: 2, kind: "e2" },
    { time: 4, kind: "e2", knownAt: 8 },
  ]);
  const spec = sequenceOf("errors", ["e1", "e2"], { within: "3c", over: "20c" });
  assert.deepEqual(await featuresAt(rows, spec, [3, 5, 6, 7, 8]), {
    errors_e1_e2_sequence_3c_20c: [0, 0, 1, 1, 2],
  });
});

test("a sequence that no training row counts has no column", async () => {
  const rows = withErrors([
    { time: 1, kind: "e1" },
    { time: 2, kind: "e2" },
  ]);
  const spec = sequenceOf("errors", ["e1", "e2"], { within: "3c", over: "9c" });
  assert.deepEqual((await fitAt(rows, spec, [1, 2], [0])).columns, {});
  assert.deepEqual((await fitAt(rows, spec, [1, 2], [1])).columns, { errors_e1_e2_sequence_3c_9c: [0, 1] });
});

test("a last kind and a sequence start anew after a replacement where they are told to", async () => {
  const rows = withErrors(
    [
      { time: 1, kind: "e1" },
      { time: 3, kind: "e2" },
    ],
    { maintenance: [{ time: 1 }, { time: 4 }] },
  );
  const kinds = lastKind("errors", { over: "9c", resetOn: "maintenance" });
  assert.deepEqual(await featuresAt(rows, kinds, [1, 2, 3, 5]), {
    errors_e1_lastKind_9c: [1, 0, 0, 0],
    errors_e2_lastKind_9c: [0, 0, 1, 0],
    errors_none_lastKind_9c: [0, 1, 0, 1],
  });
  const options = { within: "5c", over: "9c" };
  const column = "errors_e1_e2_sequence_5c_9c";
  assert.deepEqual((await featuresAt(rows, sequenceOf("errors", ["e1", "e2"], options), [3]))[column], [1]);
  const since = sequenceOf("errors", ["e1", "e2"], { ...options, resetOn: "maintenance" });
  assert.deepEqual((await featuresAt(rows, since, [3]))[column], [0]);
});

test("a rate is a multiple of the mean rate of the training rows, whatever other rows have", async () => {
  const errors = [1, 1, 2, 7, 8, 9].map((time, i) => ({ time, kind: `e${i % 2}` }));
  const spec = rateOf("errors", { over: "4c", any: true });
  // Windows of 4 of 1,000 cycles: 3 events in (-1, 3], 1 in (1, 5], 3 in (5, 9]; training is the first two.
  const { columns, featurizer } = await fitAt(withErrors(errors), spec, [3, 5, 9], [0, 1]);
  assert.deepEqual(columns["errors_any_rateRatio_4c"], [1.5, 0.5, 1.5].map(Math.fround));
  assert.deepEqual(
    featurizer.outputs.map((node) => (node.from === "rateRatio" ? [node.column, node.rate] : [])),
    [
      ["errors_e0_rate_4c", 375],
      ["errors_e1_rate_4c", 125],
      ["errors_any_rate_4c", 500],
    ],
  );
  const more = [...errors, ...[6, 9].map((time) => ({ time, kind: "e2" }))];
  assert.deepEqual((await fitAt(withErrors(more), spec, [3, 5, 9], [0, 1])).featurizer.outputs, featurizer.outputs);
});

test("a raw rate is an hour for timestamps", async () => {
  const rows: FleetRows = { ...withErrors([{ time: MICROS_PER_HOUR, kind: "e" }]), time: "timestamp" };
  const rates = await featuresAt(rows, rateOf("errors", { over: "8h", any: false }), [2 * MICROS_PER_HOUR]);
  assert.deepEqual(rates, { errors_e_rate_8h: [0.125] });
});

test("a kind or table without an event in training has no ratio", async () => {
  const rows = withErrors([{ time: 5, kind: "e" }]);
  assert.deepEqual((await fitAt(rows, rateOf("errors", { over: "2c" }), [3, 5], [0])).columns, {});
});

test("countOf starts anew after a replacement where it is told to", async () => {
  const rows = withErrors(
    [1, 3].map((time) => ({ time, kind: "e" })),
    { maintenance: [{ time: 2 }] },
  );
  const spec = countOf("errors", { over: "9c", any: false, resetOn: "maintenance" });
  assert.deepEqual(await featuresAt(rows, spec, [2, 3]), { errors_e_count_9c: [1, 1] });
});
