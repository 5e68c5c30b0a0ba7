/** The whole job through every variant of task, split, source and feature, on small archives. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { csv } from "../../src/archive/csv.ts";
import { loadFleet } from "../../src/archive/load-fleet.ts";
import { parquet } from "../../src/archive/parquet.ts";
import { confusion } from "../../src/evaluation/confusion.ts";
import { attributes } from "../../src/features/words/attributes.ts";
import { countOf } from "../../src/features/words/count-of.ts";
import { delta } from "../../src/features/words/delta.ts";
import { lag } from "../../src/features/words/lag.ts";
import { learnedSchedule } from "../../src/features/words/learned-schedule.ts";
import { limitExceeded } from "../../src/features/words/limit-exceeded.ts";
import { limitMargin } from "../../src/features/words/limit-margin.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { scheduleUsed } from "../../src/features/words/schedule-used.ts";
import { timeSince } from "../../src/features/words/time-since.ts";
import { usedSince } from "../../src/features/words/used-since.ts";
import { gridCutoffs } from "../../src/labels/cutoffs.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { labelRows } from "../../src/labels/label-rows.ts";
import { CENSORED } from "../../src/labels/labels.ts";
import { observe } from "../../src/labels/observation.ts";
import { remainingLife } from "../../src/labels/remaining-life.ts";
import { archiveOf } from "../../src/pipeline/archive-of.ts";
import type { RunResult } from "../../src/pipeline/run-result.ts";
import { byMachine } from "../../src/splits/by-machine.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { given } from "../../src/splits/given.ts";
import { rollingOrigin } from "../../src/splits/rolling-origin.ts";
import { gbdt } from "../../src/training/gbdt/options.ts";
import { scheduleRule } from "../../src/training/schedule/options.ts";
import { LONELY, oddComponents, oddMachines, oddOptions, writeOddFleet } from "./support/odd-names.ts";
import { CAP, cycleOptions, lastSeen, lifeLeft, trainedRows, writeRunToFailure } from "./support/run-to-failure.ts";
import { runsIn, smallFleet, smallOptions } from "./support/small-fleet.ts";

const HOUR = 3_600_000_000;
const small = await smallFleet({ after });
const small2d = (predict: "any" | "component", more = {}) => failsWithin("2d", { of: "failures", predict, ...more });
const sensors = ["vibration", "temperature"];
const event = { machine: "machine", time: "time" };
const [schedule, boosted] = ["schedule", "gbdt"];

/** What holds for every run that could be scored: parts add up, nothing is NaN, the report and the JSON have their shape. */
function checkResult(result: RunResult): void {
  assert.deepEqual(Object.keys(result), [
    "run",
    "status",
    "stages",
    "rows",
    "sources",
    "report",
    "published",
    "gates",
    "metrics",
  ]);
  assert.deepEqual(Object.keys(result.rows), ["read", "used", "quarantined", "censored", "trained", "evaluated"]);
  assert.deepEqual(JSON.parse(JSON.stringify(result.metrics)), result.metrics);
  if (result.published !== null)
    assert.deepEqual(Object.keys(result.published), ["model", "version", "path", "aliases"]);
  const page = readFileSync(result.report, "utf8");
  assert.equal(/NaN|Infinity|undefined|\[object|\de\+\d|<script/.exec(page)?.[0], undefined);
  for (const metrics of Object.values(result.metrics)) {
    if (metrics.skipped !== undefined) continue;
    const evaluated = metrics.folds.filter((fold) => fold.skipped === undefined);
    assert.equal(
      evaluated.reduce((sum, fold) => sum + fold.evaluated, 0),
      metrics.rows,
    );
    const { failures, caught, late, missed, confusion: table } = metrics;
    if (failures !== null) assert.equal(failures, (caught ?? 0) + (late ?? 0) + (missed ?? 0));
    if (table !== null)
      assert.equal(
        table.flat().reduce((sum, count) => sum + count, 0),
        metrics.rows,
      );
  }
}

/** For what does not depend on the learner: the rule needs no inner folds. */
const ruleOnly = { learners: [scheduleRule()], publish: undefined };

async function runs(options: Parameters<typeof small.run>[0], home?: string): Promise<RunResult> {
  const result = await small.run(options, { home, threads: 2 });
  checkResult(result);
  assert.equal(result.status, "done");
  return result;
}

test("several classes: the published model's predictions on the archive give the figures the run gave", async () => {
  const label = small2d("component");
  const options = { ...smallOptions, label, publish: { alias: "candidate", refit: false } };
  const { metrics, published, stages } = await runs(options, "classes");
  assert.ok(stages.some(({ name, status }) => name === "export" && status === "done"));
  assert.deepEqual(published?.aliases, ["candidate"]);
  const { summary, rows } = await small.score("classes");
  assert.equal(summary.rows, rows.length);

  const { fleet } = await loadFleet(archiveOf(options), { folder: small.places().data });
  const history = buildHistory(fleet, label);
  const observation = observe(fleet, history, { every: 6 * HOUR });
  const cutoffs = gridCutoffs(fleet, observation, 6 * HOUR);
  const { task, state, value } = labelRows(label, fleet, history, observation, cutoffs);
  const classes = task.kind === "multiclass" ? task.classes : [];
  assert.deepEqual(classes, ["none", "bearing", "motor", "seal"]);
  const from = Date.UTC(2025, 2, 12) * 1000;
  const evaluated = [...state.keys()].filter((row) => state[row] !== CENSORED && cutoffs.cutoff[row] >= from);
  const scored = rows.filter((row) => row.status === "scored");
  assert.equal(scored.length, state.length);
  const decided = evaluated.map((row) => {
    const chances = classes.map((name) => Number(scored[row][`probability_${name}`]));
    assert.ok(Math.abs(chances.reduce((sum, chance) => sum + chance, 0) - 1) < 1e-6);
    return chances.indexOf(Math.max(...chances));
  });
  const ours = metrics[boosted];
  const target = Float64Array.from(evaluated, (row) => value[row]);
  assert.deepEqual(ours.confusion, confusion(target, Uint32Array.from(decided), 4));
  assert.deepEqual(Object.keys(ours.f1 ?? {}), classes);
  const alarms = evaluated.map((row) => scored[row].alarm);
  const threshold = ours.folds[0].threshold ?? 0;
  assert.deepEqual(
    alarms,
    evaluated.map((row) => Number(scored[row].score) >= threshold),
  );
  assert.ok((ours.averagePrecision ?? 0) > 2 * ((ours.positives ?? 0) / ours.rows));
});

test("the schedule raises the same alarms whether any failure or a component's is predicted", async () => {
  const planner = async (predict: "any" | "component") => {
    const { metrics } = await runs({ ...ruleOnly, label: small2d(predict) });
    const { alarms, falseAlarms, caught, late, missed, cost } = metrics[schedule];
    return { alarms, falseAlarms, caught, late, missed, cost };
  };
  const any = await planner("any");
  assert.ok((any.alarms ?? 0) > 0);
  assert.deepEqual(await planner("component"), any);
});

test("a remaining life in hours is held to its cap and raises no alarm", async () => {
  const label = remainingLife({ of: "failures", cap: 240 });
  const { metrics } = await runs({ label, evaluate: { resamples: 50 } }, "life");
  for (const { rmse, mae, nasaScore, alarms, cost, averagePrecision, folds } of Object.values(metrics)) {
    assert.ok(rmse !== null && mae !== null && mae > 0 && mae <= rmse && rmse < 120);
    assert.deepEqual([nasaScore, alarms, cost, averagePrecision], [null, null, null, null]);
    assert.deepEqual(
      folds.map((fold) => fold.threshold),
      [null],
    );
  }
  const { summary, rows } = await small.score("life");
  assert.equal(summary.alarms, 0);
  const lives = rows.filter((row) => row.status === "scored").map((row) => Number(row.remaining_life));
  assert.ok(lives.every((life) => life >= 0 && life <= 240));
  assert.ok(Math.min(...lives) < 190 && Math.max(...lives) > 210);
  assert.deepEqual(summary.atRisk[0].predicted, Math.min(...summary.atRisk.map((machine) => machine.predicted)));
});

test("a schedule published for a remaining life raises no alarm", async () => {
  await runs({ label: remainingLife({ of: "failures", cap: 240 }), learners: [scheduleRule()] }, "life by schedule");
  const { summary, rows } = await small.score("life by schedule");
  assert.equal(summary.alarms, 0);
  assert.ok(rows.every(({ alarm }) => alarm === null));
});

test("held-out machines: at a share once, in folds each machine once", async () => {
  const share = await runs({ ...ruleOnly, split: byMachine({ share: 0.25 }) });
  const [held] = share.metrics[schedule].folds;
  assert.equal(held.name, "machines held out");
  assert.deepEqual([share.rows.trained, share.rows.evaluated], [held.trained, held.evaluated]);
  const folds = await runs({ ...ruleOnly, split: byMachine({ folds: 3 }) });
  const { rows, folds: each } = folds.metrics[schedule];
  assert.equal(each.length, 3);
  for (const fold of each) assert.equal(fold.trained + fold.evaluated, rows);
  assert.equal(folds.rows.evaluated, rows);
  assert.equal(rows, held.trained + held.evaluated);
});

test("rolling origin: the windows follow one another, a window or an embargo takes training rows, held-out machines are others", async () => {
  const rolled = async (more: Partial<Parameters<typeof rollingOrigin>[0]>) => {
    const { metrics } = await runs({ ...ruleOnly, split: rollingOrigin({ folds: 2, test: "14d", ...more }) });
    return metrics[schedule];
  };
  const all = await rolled({});
  assert.deepEqual(
    all.folds.map(({ name }) => name),
    ["2025-03-21T18:00:00Z to 2025-04-04T18:00:00Z", "2025-04-04T18:00:00Z to 2025-04-18T18:00:00Z"],
  );
  assert.ok(all.folds[0].trained < all.folds[1].trained);
  const embargoed = await rolled({ embargo: "5d" });
  const windowed = await rolled({ window: "40d" });
  const others = await rolled({ machines: "held-out" });
  for (const fold of [0, 1]) {
    assert.equal(embargoed.folds[fold].evaluated, all.folds[fold].evaluated);
    // Five days of twelve machines at four rows a day, less what was censored.
    const taken = all.folds[fold].trained - embargoed.folds[fold].trained;
    assert.ok(taken > 200 && taken <= 240, `${taken}`);
    assert.ok(windowed.folds[fold].trained <= 40 * 12 * 4 && windowed.folds[fold].trained > 1700);
    assert.ok(others.folds[fold].evaluated < 0.6 * all.folds[fold].evaluated);
    assert.ok(others.folds[fold].trained < 0.6 * all.folds[fold].trained);
  }
});

test("a fold without a failure to learn from is skipped with its reason, in metrics and report; the others count", async () => {
  const result = await runs({ split: rollingOrigin({ folds: 3, test: "36d" }), publish: undefined });
  for (const { folds, skipped, rows } of Object.values(result.metrics)) {
    assert.equal(skipped, undefined);
    assert.ok(rows > 0);
    assert.deepEqual(
      folds.map((fold) => fold.skipped),
      ["no failure in training", undefined, undefined],
    );
    assert.equal(folds[0].threshold, null);
  }
  assert.match(readFileSync(result.report, "utf8"), /no failure in training/);
});

test("given machines are trained on and evaluated as said, wholly or at their last row", async () => {
  const machines = { train: "press-0*", evaluate: "press-1*" };
  const all = await runs({ ...ruleOnly, split: given(machines) });
  const last = await runs({ ...ruleOnly, split: given({ ...machines, cutoffs: "last" }) });
  assert.equal(last.rows.evaluated, 3);
  assert.equal(last.rows.trained, all.rows.trained);
  assert.ok(all.rows.evaluated > 1000);
});

test("without a grid each telemetry row in observation is a cutoff, of two sources each instant once", async () => {
  const one = await runs({ ...ruleOnly, every: undefined });
  assert.ok(one.rows.trained > 6000);
  const telemetry = [
    parquet("telemetry", { ...event, sensors: ["vibration"] }),
    parquet("telemetry/2025-0[1-4].parquet", { ...event, sensors: ["temperature"], delay: "1h" }),
  ];
  const two = await runs({ every: undefined, telemetry }, "no grid");
  assert.deepEqual([two.rows.trained, two.rows.evaluated], [one.rows.trained, one.rows.evaluated]);
  assert.equal(two.rows.used, one.rows.used + 10_432);
  const { summary } = await small.score("no grid");
  assert.deepEqual(summary.statuses, { scored: 10_432 });
});

test("what comes late is missed: readings and errors with a delay change what is seen, not what happened", async () => {
  const learners = [gbdt({ trees: 15, leaves: 7 })];
  const late = {
    learners,
    telemetry: parquet("telemetry", { ...event, sensors, delay: "6h" }),
    events: { ...smallOptions.events, errors: csv("errors.csv", { ...event, kind: "code", delay: "1d" }) },
  };
  const { metrics, rows } = await runs(late, "late");
  const prompt = await runs({ learners, publish: undefined });
  assert.ok(rows.trained <= prompt.rows.trained && rows.trained > prompt.rows.trained - 50);
  assert.notEqual(metrics[boosted].averagePrecision, prompt.metrics[boosted].averagePrecision);
  assert.equal(metrics[boosted].failures, prompt.metrics[boosted].failures);
  const known = csv("errors.csv", { ...event, kind: "code", knownAt: "time" });
  const same = await runs({ learners, events: { ...smallOptions.events, errors: known }, publish: undefined });
  assert.deepEqual(same.metrics, prompt.metrics);
});

test("the whole vocabulary with limits, downtime, a learned schedule and resets trains, publishes and scores", async () => {
  const everything = {
    telemetry: parquet("telemetry", { ...event, sensors: [...sensors, "pressure", "current", "load"] }),
    machines: csv("machines.csv", {
      machine: "machine",
      attributes: { model: "category", age: "number", power_kw: "number" },
      retiredAt: "retired",
      commissionedAt: "commissioned",
    }),
    reference: {
      ...smallOptions.reference,
      limits: csv("limits.csv", { sensor: "sensor", low: "low", high: "high", match: { model: "model" } }),
    },
    events: {
      ...smallOptions.events,
      downtime: csv("downtime.csv", { machine: "machine", time: "start", end: "end", kind: "reason" }),
    },
    features: [
      rolling([...sensors, "current"], {
        over: ["12h", "3d"],
        stats: ["mean", "sd", "min", "max", "range", "last", "slope", "count"],
        resetOn: "maintenance",
      }),
      lag(sensors, { by: ["6h", "1d"] }),
      delta(sensors, { by: "1d" }),
      countOf("errors", { over: ["1d", "5d"] }),
      timeSince("failures"),
      usedSince("maintenance", { sensor: "load", above: 40 }),
      scheduleUsed(learnedSchedule({ of: "failures" })),
      limitMargin("limits"),
      limitExceeded("limits", { over: "1d" }),
      attributes("model", "age", "power_kw"),
    ],
  } as const;
  const { metrics, rows } = await runs(everything, "everything");
  const known = await runs(ruleOnly);
  // Planned downtime censors what it cuts.
  assert.ok(rows.censored > known.rows.censored);
  assert.ok((metrics[boosted].rocAuc ?? 0) > 0.65);
  const { summary } = await small.score("everything");
  assert.ok((summary.statuses["out of observation"] ?? 0) > 49 && (summary.statuses.scored ?? 0) > 5000);
});

test("planned replacements can censor, and failures soon after one another can be one", async () => {
  const healthy = await runs(ruleOnly);
  const censored = await runs({ ...ruleOnly, label: small2d("any", { planned: "censored" }) });
  assert.ok(censored.rows.censored > healthy.rows.censored + 100);
  assert.equal(censored.metrics[schedule].positives, healthy.metrics[schedule].positives);
  const merged = await runs({ ...ruleOnly, label: small2d("any", { mergeWithin: "100d" }) });
  assert.ok((merged.metrics[schedule].failures ?? 99) < (healthy.metrics[schedule].failures ?? 0));
});

test("early stopping takes the number of trees from the inner folds; without costs F1 decides on the threshold", async () => {
  const learners = [scheduleRule(), gbdt({ trees: 40, leaves: 7, learningRate: 0.2, earlyStopping: 3 })];
  const { metrics } = await runs({ learners, evaluate: { resamples: 50 } }, "early");
  const [fold] = metrics[boosted].folds;
  assert.ok(fold.iterations !== undefined && fold.iterations >= 1 && fold.iterations < 40);
  assert.deepEqual(
    [metrics[boosted].cost, metrics[boosted].costOfSchedule, metrics[schedule].cost],
    [null, null, null],
  );
  assert.ok((metrics[boosted].f1?.["fails"] ?? 0) > 0.05);
  const model = JSON.parse(readFileSync(join(small.places("early").registry, "small", "1", "model.json"), "utf8"));
  assert.equal(model.learner, "gbdt");
});

test("an archive of telemetry and failures alone is enough", async () => {
  const alone = {
    machines: undefined,
    reference: undefined,
    events: { failures: csv("failures.csv", { ...event, kind: "component" }) },
    features: [rolling(sensors, { over: "1d", stats: ["mean", "slope"] })],
    learners: [gbdt({ trees: 15, leaves: 7 })],
  };
  const { metrics, published } = await runs(alone, "alone");
  assert.equal(published?.version, 1);
  assert.equal(metrics[boosted].costOfSchedule, null);
  assert.ok((metrics[boosted].rocAuc ?? 0) > 0.6);
  assert.equal((await small.score("alone")).summary.statuses["out of observation"], undefined);
});

test("names that are words of the language, markup or hard to quote go through to the predictions as they are", async () => {
  const odd = await runsIn({ after }, writeOddFleet, oddOptions);
  const plain = await runs(ruleOnly);
  const result = await odd.run({ label: small2d("component") }, { threads: 2 });
  checkResult(result);
  const { positives, f1 } = result.metrics[boosted];
  assert.deepEqual(
    [result.rows.trained, result.rows.evaluated, positives],
    [plain.rows.trained, plain.rows.evaluated, plain.metrics[schedule].positives],
  );
  assert.deepEqual(Object.keys(f1 ?? {}), ["none", ...oddComponents]);
  const { rows } = await odd.score();
  assert.deepEqual([...new Set(rows.map(({ machine }) => machine))].sort(), [...oddMachines, LONELY].sort());
  assert.equal(rows.filter(({ machine }) => machine === LONELY).length, 1);
  // The published featurizer computes only what its trees split on; the stored matrix has every column.
  const { cache } = odd.places();
  const kept = readdirSync(cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  for (const name of ["constructor_mean_1d", "__proto___limitMargin", "errors___proto___count_2d", "model_K300"])
    assert.ok(
      kept.some((bytes) => bytes.includes(name)),
      name,
    );
});

test("run to failure in cycles: each test unit is judged once, at its last cycle, by the life it had left", async () => {
  const cycles = await runsIn({ after }, writeRunToFailure, cycleOptions);
  const result = await cycles.run();
  checkResult(result);
  assert.equal(result.rows.evaluated, lastSeen.length);
  // All but the last cycle of each unit, at which it fails.
  assert.equal(result.rows.trained, trainedRows - 12);
  const { summary, rows } = await cycles.score();
  assert.equal(summary.statuses["out of observation"], 12);
  const errors = lastSeen.map((cycle, i) => {
    const row = rows.find(({ machine, cutoff }) => machine === `test-${i + 1}` && cutoff === BigInt(cycle));
    return Number(row?.remaining_life) - Math.min(lifeLeft[i], CAP);
  });
  const { rmse, nasaScore, folds } = result.metrics[boosted];
  // The published model is fitted on all rows, the fold's on the training units; both know wear when they see it.
  assert.ok(Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length) < 4);
  assert.ok(rmse !== null && rmse < 4 && nasaScore !== null && nasaScore > 0);
  assert.equal(folds[0].name, "given");
  const within = await cycles.run({
    label: failsWithin("20c", { of: "failures" }),
    split: byTime(50),
    evaluate: { resamples: 50, leadTime: "2c", cost: { missed: 100, falseAlarm: 5, planned: 10 } },
  });
  checkResult(within);
  assert.ok((within.metrics[boosted].failures ?? 0) > 0);
  assert.match(readFileSync(within.report, "utf8"), /per 1,000 cycles/);
});
