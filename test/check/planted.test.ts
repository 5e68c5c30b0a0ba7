/** Ten leaks are planted into a pipeline that has none, each by a mistake that is made in practice; each is found and named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkLeaks } from "../../src/check/check-leaks.ts";
import type { FeatureLeak, FitLeak, Leak } from "../../src/check/leak.ts";
import type { FitRows, FittedState, LeakSubject } from "../../src/check/subject.ts";
import type { Events, Fleet } from "../../src/core/fleet.ts";
import type { Json } from "../../src/core/json.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { MICROS_PER_HOUR as HOUR } from "../../src/core/time.ts";
import { chooseThreshold } from "../../src/evaluation/choose-threshold.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { featurizerToJson, fitFeaturizer } from "../../src/features/featurizer.ts";
import * as words from "../../src/features/index.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { alarmContext } from "../../src/pipeline/alarm-context.ts";
import type { Fold } from "../../src/splits/fold.ts";
import { trainFolds } from "../../src/training/train-folds.ts";
import { columnOf, options, shifted, subjectOf, withColumn } from "./worn-fleet.ts";

/** Features alone: nothing is fitted. */
async function leaksOfFeatures(plant: (subject: LeakSubject) => LeakSubject): Promise<readonly Leak[]> {
  const subject = { ...subjectOf(), learners: [] };
  return (await checkLeaks(plant(subject), { trials: 40, seed: 1 })).leaks;
}

/** Fits alone: no instant is tried. */
async function leaksOfFits(fit: (rows: FitRows, fold: Fold) => Promise<FittedState | undefined>) {
  const subject: LeakSubject = { ...subjectOf(), learners: [{ name: "planted", fit }] };
  return (await checkLeaks(subject, { trials: 0, seed: 1 })).leaks;
}

/** The one leak there is, of one column. */
function onlyFeature(leaks: readonly Leak[], column: string): FeatureLeak {
  const [leak, ...others] = leaks;
  assert.deepEqual(others, []);
  assert.ok(leak?.leak === "feature", "a feature leaks");
  assert.deepEqual(leak.columns, [column]);
  assert.notDeepEqual(leak.values[0], leak.values[1]);
  return leak;
}

function onlyFit(leaks: readonly Leak[]): FitLeak {
  const [leak, ...others] = leaks;
  assert.deepEqual(others, []);
  assert.ok(leak?.leak === "fit", "a fit leaks");
  assert.deepEqual([leak.learner, leak.fold], ["planted", "at 1970-01-06T12:00:00Z"]);
  return leak;
}

const planOf = (fleet: Fleet) => planFeatures(options.features, describeFleet(fleet), { every: HOUR });
const withEvents = (fleet: Fleet, table: string, change: (events: Events) => Events): Fleet => ({
  ...fleet,
  events: { ...fleet.events, [table]: change(fleet.events[table]) },
});

test("the pipeline as it is has no leak, and the check has looked at all of it", async () => {
  const report = await checkLeaks(subjectOf(), { trials: 40, seed: 1 });
  assert.deepEqual(report.leaks, []);
  assert.deepEqual(report.moreColumns, []);
  assert.deepEqual(report.notFitted, []);
  assert.equal(report.trials, 40);
  assert.equal(report.columns, 24);
  assert.equal(report.fits, 2);
  assert.ok(report.values > 100_000 && report.labels > 10_000);
});

test("1: a window centred on the cutoff", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    // The window of three hours around t: that of t + 1h 30min.
    features: withColumn(subject.features, "volt_mean_centred", async (fleet, cutoffs) => {
      const ahead = shifted(cutoffs, (cutoff) => cutoff + 1.5 * HOUR);
      return columnOf(await subject.features(fleet, ahead), "volt_mean_3h");
    }),
  }));
  const { reason, cause, cutoff } = onlyFeature(leaks, "volt_mean_centred");
  assert.equal(reason, "after the cutoff");
  assert.equal(cause.table, "t");
  assert.ok(cause.time > cutoff && cause.time <= cutoff + 1.5 * HOUR);
});

test("2: a time rounded so that it reaches ahead", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: withColumn(subject.features, "errors_any_count_12h", async (fleet, cutoffs) => {
      const rounded = shifted(cutoffs, (cutoff) => Math.round(cutoff / (6 * HOUR)) * 6 * HOUR);
      return columnOf(await subject.features(fleet, rounded), "errors_any_count_12h");
    }),
  }));
  const { reason, cause, cutoff } = onlyFeature(leaks, "errors_any_count_12h");
  assert.ok(reason === "after the cutoff" || reason === "not known yet");
  assert.equal(cause.table, "errors");
  assert.ok((cause.movedTo ?? cause.knownAt ?? cause.time) <= cutoff + 3 * HOUR);
});

test("3: a label joined as a feature", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: withColumn(subject.features, "failing", (fleet, cutoffs) =>
      Float32Array.from(subject.labels(fleet, cutoffs).value),
    ),
  }));
  const { reason, cause } = onlyFeature(leaks, "failing");
  assert.equal(reason, "after the cutoff");
  assert.ok(["failures", "maintenance", "t"].includes(cause.table));
});

for (const [rows, found] of [
  ["all rows", 1],
  ["training rows", 0],
] as const) {
  test(`4: a scaler fitted on ${rows} ${found === 1 ? "is found" : "is none"}`, async () => {
    const leaks = await leaksOfFits(async ({ fleet, cutoffs, raw, labels }, fold) => {
      const scaler = scalerOf(raw, rows === "all rows" ? undefined : fold.train);
      const of = { labelEnd: labels.end };
      const featurizer = fitFeaturizer(planOf(fleet), fleet, cutoffs, scaled(raw, scaler), fold.train, of);
      const stored = { ...(featurizerToJson(featurizer) as object), scaler };
      return { featurizer: stored as unknown as Json, model: null, threshold: null };
    });
    if (found === 0) return assert.deepEqual(leaks, []);
    const { stage, where, reads } = onlyFit(leaks);
    assert.equal(stage, "featurizer");
    assert.match(where, /^scaler\.[a-z0-9_]+\.(mean|sd)$/);
    assert.deepEqual(reads, ["features"]);
  });
}

test("5: the first replacement instead of the last", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: withColumn(subject.features, "maintenance_any_timeSince", async (fleet, cutoffs) => {
      const matrix = await subject.features(withEvents(fleet, "maintenance", firstOfEach), cutoffs);
      return columnOf(matrix, "maintenance_any_timeSince");
    }),
  }));
  const { reason, cause, cutoff } = onlyFeature(leaks, "maintenance_any_timeSince");
  assert.equal(reason, "before its reach");
  assert.equal(cause.table, "maintenance");
  assert.ok(cause.time < cutoff);
});

test("6: a late record seen early", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: withColumn(subject.features, "volt_max_12h", async (fleet, cutoffs) => {
      const telemetry = fleet.telemetry.map((table) => ({ ...table, knownAt: table.time }));
      return columnOf(await subject.features({ ...fleet, telemetry }, cutoffs), "volt_max_12h");
    }),
  }));
  const { reason, cause, cutoff } = onlyFeature(leaks, "volt_max_12h");
  assert.equal(reason, "not known yet");
  assert.equal(cause.table, "t");
  assert.ok(cause.time <= cutoff && cause.knownAt !== undefined && cause.knownAt > cutoff);
});

test("7: an outcome visible at its own instant", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: withColumn(subject.features, "maintenance_any_timeSince", async (fleet, cutoffs) => {
      const early = withEvents(fleet, "maintenance", (events) => ({ ...events, outcome: false }));
      return columnOf(await computeFeatures(planOf(early), early, cutoffs), "maintenance_any_timeSince");
    }),
  }));
  const { reason, cause, cutoff } = onlyFeature(leaks, "maintenance_any_timeSince");
  assert.equal(reason, "own instant");
  assert.equal(cause.table, "maintenance");
  assert.equal(cause.movedTo ?? cause.time, cutoff);
});

test("8: a threshold chosen from evaluation rows", async () => {
  const [learner] = options.learners;
  const leaks = await leaksOfFits(async (rows, fold) => {
    const alarms = alarmContext(options, buildHistory(rows.fleet, options.label), rows.cutoffs) ?? assert.fail();
    const trained = await trainFolds(learner, { ...rows, plan: planOf(rows.fleet) }, [fold], {
      seed: 3,
      innerFolds: () => [{ ...fold, evaluate: fold.train.slice(-20) }],
      threshold: () => 0,
    });
    const part = trained.folds[0].part ?? assert.fail();
    const predictions = trained.predictions ?? assert.fail();
    return {
      featurizer: featurizerToJson(part.featurizer),
      model: part.model.toJSON(),
      // Without costs, by F1 over the rows.
      threshold: chooseThreshold({ ...alarms, predictions }).threshold,
    };
  });
  const { stage, where, reads } = onlyFit(leaks);
  assert.equal(stage, "threshold");
  assert.equal(where, "");
  assert.deepEqual(reads, ["features", "labels"]);
});

test("9: a category seen only in the future", async () => {
  const leaks = await leaksOfFits(async ({ fleet, cutoffs, raw, labels }, fold) => {
    const plan = planFeatures([words.attributes("model")], describeFleet(fleet), { every: HOUR });
    const fitted = (rows: Uint32Array) => fitFeaturizer(plan, fleet, cutoffs, raw, rows, { labelEnd: labels.end });
    const seen = fitted(fold.train).names;
    const all = fitted(Uint32Array.from(cutoffs.cutoff.keys()));
    assert.deepEqual(seen, ["model_model_x", "model_model_y", "model_other"]);
    return { featurizer: featurizerToJson(all), model: null, threshold: null };
  });
  const { stage, values } = onlyFit(leaks);
  assert.equal(stage, "featurizer");
  assert.match(values.join(" "), /model[ _]q/);
});

test("10: an anchored state from the future", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    // The state as it stood when the archive ended is taken for that of every cutoff.
    features: withColumn(subject.features, "maintenance_a_timeSince", async (fleet, cutoffs) => {
      const end = 230 * HOUR;
      const state = columnOf(
        await subject.features(
          fleet,
          shifted(cutoffs, () => end),
        ),
        "maintenance_a_timeSince",
      );
      return state.map((hours, row) => Math.max(0, hours - (end - cutoffs.cutoff[row]) / HOUR));
    }),
  }));
  const { reason, cause, cutoff } = onlyFeature(leaks, "maintenance_a_timeSince");
  assert.ok(reason === "after the cutoff" || reason === "own instant");
  assert.equal(cause.table, "maintenance");
  assert.ok((cause.movedTo ?? cause.time) >= cutoff);
});

test("a feature made of all rows of its computation is found, though each row alone is right", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: withColumn(subject.features, "volt_against_all", async (fleet, cutoffs) => {
      const volt = columnOf(await subject.features(fleet, cutoffs), "volt_mean_3h");
      const sum = volt.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
      return volt.map((value) => value - sum / volt.length);
    }),
  }));
  assert.equal(onlyFeature(leaks, "volt_against_all").reason, "after the cutoff");
});

test("reference data that are not valid yet are found", async () => {
  const now = (rows: Fleet["schedule"]) => rows?.map((row) => ({ ...row, validFrom: row.validFrom - 10 * HOUR }));
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: withColumn(subject.features, "schedule_b_used", async (fleet, cutoffs) =>
      columnOf(await subject.features({ ...fleet, schedule: now(fleet.schedule) }, cutoffs), "schedule_b_used"),
    ),
  }));
  const { reason, cause } = onlyFeature(leaks, "schedule_b_used");
  assert.deepEqual([reason, cause.table, cause.time], ["not valid yet", "schedule", 100 * HOUR]);
});

test("columns that move for one cause are one leak", async () => {
  const leaks = await leaksOfFeatures((subject) => ({
    ...subject,
    features: (fleet, cutoffs) =>
      subject.features(
        fleet,
        shifted(cutoffs, (cutoff) => cutoff + HOUR),
      ),
  }));
  const columns = leaks.flatMap((leak) => (leak.leak === "feature" ? leak.columns : []));
  assert.equal(columns.length, new Set(columns).size);
  assert.ok(leaks.length < columns.length / 2, `${leaks.length} leaks of ${columns.length} columns`);
});

function firstOfEach(events: Events): Events {
  const rows = Array.from(events.offsets.keys())
    .slice(0, -1)
    .map((machine) => events.offsets[machine])
    .filter((row, machine) => row < events.offsets[machine + 1]);
  return {
    ...events,
    offsets: events.offsets.map((_, machine) => rows.filter((row) => row < events.offsets[machine]).length),
    time: Float64Array.from(rows, (row) => events.time[row]),
    knownAt: Float64Array.from(rows, (row) => events.knownAt[row]),
    kind: Uint32Array.from(rows, (row) => events.kind[row]),
  };
}

interface Scale {
  mean: number;
  sd: number;
}

/** Of all rows, or of some. */
function scalerOf({ rows, names, columns }: Matrix, some?: Uint32Array) {
  return Object.fromEntries(
    names.map((name, i): [string, Scale] => {
      const values = Array.from(some ?? Uint32Array.from(Array(rows).keys()), (row) => columns[i][row]).filter(
        (value) => !Number.isNaN(value),
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
      return [name, { mean, sd: Math.sqrt(variance) || 1 }];
    }),
  );
}

function scaled({ rows, names, columns }: Matrix, scaler: Record<string, Scale>): Matrix {
  const scale = (name: string, column: Float32Array) =>
    column.map((value) => (value - scaler[name].mean) / scaler[name].sd);
  return { rows, names, columns: columns.map((column, i) => scale(names[i], column)) };
}
