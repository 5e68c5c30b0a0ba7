import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ForewarnError } from "../../src/core/errors.ts";
import { canonicalJson } from "../../src/core/json.ts";
import * as words from "../../src/features/index.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { bitsOf, columnsOf, rawMatrix } from "./support/compute.ts";
import { cutoffsAt, type FleetRows, makeFleet } from "./support/make-fleet.ts";
import { allSpecs, instants, randomRows } from "./support/random-fleet.ts";

const { applyFeaturizer, attributes, computeFeatures, countOf, describeFleet, featurize, featurizerHash } = words;
const { featurizerToJson, fitFeaturizer, learnedSchedule, planFeatures, readFeaturizer, scheduleUsed, timeSince } =
  words;
const NONE = Number.NaN;
const property = { seed: 20150301, numRuns: 150 };

/** Fits on rows of the cutoffs and gives all of them. */
async function fitted(
  rows: FleetRows,
  specs: FeatureSpec[],
  at: number[],
  trainRows: number[],
  labelEnd?: Float64Array,
) {
  const fleet = makeFleet(rows);
  const plan = planFeatures(specs, describeFleet(fleet));
  const cutoffs = cutoffsAt(fleet, at);
  const raw = await computeFeatures(plan, fleet, cutoffs);
  const featurizer = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(trainRows), { labelEnd });
  return { fleet, plan, cutoffs, raw, featurizer, columns: columnsOf(applyFeaturizer(featurizer, raw)) };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const telemetry = { t: [{ time: 0, values: { volt: 1 } }] };

test("a kind has a column where a training row saw it, `any` always", async () => {
  const errors = [
    { time: 1, kind: "e1" },
    { time: 8, kind: "e2" },
  ];
  const specs = [countOf("errors", { over: "2c" }), timeSince("errors")];
  const { columns } = await fitted({ telemetry, events: { errors } }, specs, [3, 8, 9], [0]);
  // At 3, the only training row, e1 is no longer counted but still remembered, and e2 is ahead.
  assert.deepEqual(columns, {
    errors_any_count_2c: [0, 1, 1],
    errors_e1_timeSince: [2, 7, 8],
    errors_any_timeSince: [2, 0, 1],
  });
});

test("a value has a column where at least 10 training rows have it, all others are `other`", async () => {
  const machines = ["a", "b", "c", "d"];
  const machineTable = [
    { machine: "a", attributes: { model: "common" } },
    { machine: "b", attributes: { model: "rare" } },
    { machine: "c", attributes: { model: undefined } },
  ];
  // Rows 0 to 9 are of machine a, 10 to 18 of machine b: nine rows of "rare" are too few.
  const rows = { telemetry, machines, machineTable };
  const { columns } = await fitted(rows, [attributes("model")], upTo(10), upTo(19));
  const of = (name: string) => [0, 10, 20, 30].map((row) => columns[name][row]);
  assert.deepEqual(Object.keys(columns), ["model_common", "model_other"]);
  assert.deepEqual(of("model_common"), [1, 0, NONE, NONE]);
  assert.deepEqual(of("model_other"), [0, 1, NONE, NONE]);
  const { columns: one } = await fitted(rows, [attributes("model")], upTo(10), upTo(20));
  assert.deepEqual(Object.keys(one), ["model_common", "model_rare", "model_other"]);
});

test("a value never seen is `other`, a kind never seen counts in `any` only", async () => {
  const rows = {
    telemetry,
    machineTable: [{ attributes: { model: "x" } }],
    events: { errors: [{ time: 1, kind: "e1" }] },
  };
  const specs = [attributes("model"), countOf("errors", { over: "9c" })];
  const { featurizer } = await fitted(rows, specs, upTo(12), upTo(12));
  const fleet = makeFleet({
    ...rows,
    machineTable: [{ attributes: { model: "new" } }],
    events: {
      errors: [
        { time: 1, kind: "e0" },
        { time: 1, kind: "e1" },
        { time: 2, kind: "e9" },
      ],
    },
  });
  assert.deepEqual(columnsOf(await featurize(featurizer, fleet, cutoffsAt(fleet, [3]))), {
    model_x: [0],
    model_other: [1],
    errors_e1_count_9c: [1],
    errors_any_count_9c: [3],
  });
});

test("scoring needs only the tables and sensors that the features read", async () => {
  const rows = {
    telemetry: { t: [{ time: 0, values: { volt: 1, temp: 2 } }] },
    events: { errors: [{ time: 1, kind: "e1" }], failures: [{ time: 9, kind: "a" }] },
  };
  const { featurizer } = await fitted(rows, [timeSince("errors")], [2], [0]);
  const bare = makeFleet({ telemetry: { t: [{ time: 0, values: {} }] }, events: { errors: rows.events.errors } });
  const { names } = await featurize(featurizer, bare, cutoffsAt(bare, [2]));
  assert.deepEqual(names, ["errors_e1_timeSince", "errors_any_timeSince"]);
  const none = makeFleet({ telemetry: { t: [{ time: 0, values: {} }] }, events: { error: [] } });
  await assert.rejects(
    featurize(featurizer, none, cutoffsAt(none, [2])),
    (error) =>
      error instanceof ForewarnError &&
      error.code === "DATA_TABLE_MISSING" &&
      error.details.hint === "did you mean `error`?",
  );
});

/** Component a: new at 0, fails at 4, new at 4, fails at 14, new at 14, replaced at 20. */
const lived: FleetRows = {
  telemetry,
  events: {
    failures: [4, 14].map((time) => ({ time, kind: "a" })),
    maintenance: [4, 14, 20].map((time) => ({ time, kind: "a" })),
  },
};

test("a learned schedule is the quantile of the lives that training knew at its last cutoff", async () => {
  const learned = (quantile: number) => [
    scheduleUsed(learnedSchedule({ of: "failures", quantile }), { fromCommissioning: true }),
  ];
  // Lives of 4 and 10 that failed, 6 and 1 that were cut off: survival is 2/3 from 4 on and 0 from 10 on.
  const all = await fitted(lived, learned(0.3), [16, 21], [0, 1]);
  assert.deepEqual(all.columns, { schedule_a_used: [2 / 4, 1 / 4] });
  assert.deepEqual((await fitted(lived, learned(0.5), [16, 21], [0, 1])).columns, {
    schedule_a_used: [0.2, 0.1].map(Math.fround),
  });
  // Known at 5: the life of 4, that of 1 goes on.
  assert.deepEqual((await fitted(lived, learned(0.9), [5, 21], [0])).columns, { schedule_a_used: [0.25, 0.25] });
  // Known at 4, the instant of the first failure: no life has ended.
  assert.deepEqual((await fitted(lived, learned(0.3), [4, 21], [0])).columns, {});
});

test("a first life teaches nothing where records may not reach back to the commissioning", async () => {
  const learned = (quantile: number) => [scheduleUsed(learnedSchedule({ of: "failures", quantile }))];
  // Without the life of 4: 10 that failed, 6 and 1 that were cut off; survival is 1 up to 10, then 0.
  assert.deepEqual((await fitted(lived, learned(0.3), [3, 16, 21], [0, 1, 2])).columns, {
    schedule_a_used: [Number.NaN, 0.2, 0.1].map(Math.fround),
  });
  // Known at 5: only the unrecorded first life has ended.
  assert.deepEqual((await fitted(lived, learned(0.9), [5, 21], [0])).columns, {});
});

test("a planned replacement cuts a life off and begins another", async () => {
  const events = {
    failures: [10, 20].map((time) => ({ time, kind: "a" })),
    maintenance: [10, 14, 20].map((time) => ({ time, kind: "a" })),
  };
  // New at 0, 10, 14 and 20: lives of 10 and 6 that failed, 4 and 10 that were cut off; survival is 2/3 from 6 on.
  const specs = [scheduleUsed(learnedSchedule({ of: "failures", quantile: 0.3 }), { fromCommissioning: true })];
  const { featurizer } = await fitted({ telemetry, events }, specs, [30], [0]);
  assert.deepEqual(featurizer.outputs, [
    { from: "share", name: "schedule_a_used", column: "schedule_a_sinceNew", interval: 6 },
  ]);
});

test("a learned schedule falls back to the median of the lives that failed", async () => {
  const events = {
    failures: [{ time: 3, kind: "a" }],
    maintenance: [{ time: 3, kind: "a" }],
  };
  const specs = [scheduleUsed(learnedSchedule({ of: "failures", quantile: 0.9 }), { fromCommissioning: true })];
  // Lives of 3 that failed and 7 that was cut off: survival stays at a half.
  const { featurizer } = await fitted({ telemetry, events }, specs, [10], [0]);
  assert.deepEqual(featurizer.outputs, [
    { from: "share", name: "schedule_a_used", column: "schedule_a_sinceNew", interval: 3 },
  ]);
});

test("a machine that runs to failure teaches its life when training labels reach to it", async () => {
  const rows = { telemetry, events: { failures: [{ time: 10, kind: "engine" }] } };
  const specs = [scheduleUsed(learnedSchedule({ of: "failures" }), { fromCommissioning: true })];
  assert.deepEqual((await fitted(rows, specs, [5, 9], [0, 1])).columns, {});
  const { columns } = await fitted(rows, specs, [5, 9], [0, 1], Float64Array.of(7, 10));
  assert.deepEqual(columns, { schedule_engine_used: [0.5, Math.fround(0.9)] });
});

test("a stored featurizer gives, on the same cutoffs, the very bits of the matrix it was fitted on", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, fc.nat(16), async (rows, specs, at, train) => {
      const { featurizer, fleet, cutoffs, raw } = await fitted(rows, specs, at, upTo(Math.min(train, 2 * at.length)));
      const stored = canonicalJson(featurizerToJson(featurizer));
      const read = readFeaturizer(JSON.parse(stored));
      assert.equal(featurizerHash(read), featurizerHash(featurizer));
      assert.equal(canonicalJson(featurizerToJson(read)), stored);
      assert.deepEqual(bitsOf(await featurize(read, fleet, cutoffs)), bitsOf(applyFeaturizer(featurizer, raw)));
    }),
    property,
  );
});

test("nothing of machines outside training, and nothing after the last training cutoff, reaches the featurizer", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), randomRows(), allSpecs, instants, async (rows, other, specs, at) => {
      const end = at[at.length - 1];
      const known = <Row extends { machine?: string; time: number }>(ours: readonly Row[], theirs: readonly Row[]) => [
        ...ours.filter(({ machine, time }) => machine === "m1" && time < end),
        ...theirs.filter(({ machine, time }) => machine !== "m1" || time > end),
      ];
      // At the last training cutoff itself neither has a row, so that what is visible there is equal.
      const with_ = (theirs: typeof rows) => ({
        ...rows,
        telemetry: {
          fast: known(rows.telemetry.fast, theirs.telemetry.fast),
          slow: known(rows.telemetry.slow, theirs.telemetry.slow),
        },
        events: {
          errors: known(rows.events.errors, theirs.events.errors),
          maintenance: known(rows.events.maintenance, theirs.events.maintenance),
          failures: known(rows.events.failures, theirs.events.failures),
        },
        machineTable: [
          ...rows.machineTable.filter(({ machine }) => machine === "m1"),
          ...theirs.machineTable.filter(({ machine }) => machine !== "m1"),
        ],
      });
      const train = upTo(at.length);
      const first = await fitted(with_(rows), specs, at, train);
      const second = await fitted(with_(other), specs, at, train);
      assert.equal(featurizerHash(second.featurizer), featurizerHash(first.featurizer));
    }),
    property,
  );
});

test("what is no stored featurizer is refused", async () => {
  const { featurizer } = await fitted(lived, [timeSince("failures")], [5], [0]);
  const good = JSON.parse(canonicalJson(featurizerToJson(featurizer)));
  const bad = [
    null,
    [],
    { ...good, version: 1 },
    { ...good, specs: [{ feature: "nothing" }] },
    { ...good, specs: [{ feature: "timeSince", table: "errors" }] },
    { ...good, specs: [{ feature: "timeSince", table: "failures", extra: 1 }] },
    { ...good, schema: { ...good.schema, events: {} } },
    { ...good, outputs: [{ from: "raw", name: "volt" }] },
    { ...good, outputs: [...good.outputs, ...good.outputs] },
    { ...good, names: ["volt"] },
    { ...good, names: [...good.names, ...good.names] },
    { ...good, outputs: [{ from: "share", name: "x", column: "failures_any_timeSince", interval: 0 }] },
  ];
  assert.doesNotThrow(() => readFeaturizer(good));
  for (const json of bad) {
    assert.throws(
      () => readFeaturizer(json),
      (error) => error instanceof ForewarnError && error.code === "MODEL_INVALID",
      JSON.stringify(json),
    );
  }
});

test("an aborted computation is interrupted with a code, on one thread and on several", async () => {
  const fleet = makeFleet(lived);
  const plan = planFeatures([timeSince("failures")], describeFleet(fleet));
  for (const threads of [1, 2]) {
    await assert.rejects(
      computeFeatures(plan, fleet, cutoffsAt(fleet, [1, 2]), { threads, signal: AbortSignal.abort() }),
      (error) => error instanceof ForewarnError && error.code === "INTERRUPTED_FEATURES",
    );
  }
});

test("a fleet that counts time otherwise, lacks a sensor or a machine is refused", async () => {
  const fleet = makeFleet(lived);
  const volt = words.rolling("volt", { over: "2c", stats: "mean" });
  const plan = planFeatures([volt], describeFleet(fleet));
  const refuses = (code: string, other: typeof fleet, cutoffs = cutoffsAt(other, [1])) =>
    assert.rejects(
      computeFeatures(plan, other, cutoffs),
      (error) => error instanceof ForewarnError && error.code === code,
    );
  await refuses("DATA_TIME_KIND", { ...fleet, time: "timestamp" });
  await refuses("DATA_COLUMN_MISSING", makeFleet({ telemetry: { t: [{ time: 0, values: { vlot: 1 } }] } }));
  await refuses("DATA_MACHINE_UNKNOWN", fleet, { ...cutoffsAt(fleet, [1]), machines: ["z"] });
});

test("an empty list of cutoffs gives empty columns", async () => {
  const fleet = makeFleet(lived);
  const matrix = await rawMatrix(fleet, [timeSince("failures")], cutoffsAt(fleet, []));
  assert.deepEqual(columnsOf(matrix), { failures_a_timeSince: [], failures_any_timeSince: [] });
});
