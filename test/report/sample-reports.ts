/** Invented reports of every kind, from a seed: what the tests render. */
import { exp } from "../../src/core/math.ts";
import { type Random, random } from "../../src/core/random.ts";
import { MICROS_PER_HOUR } from "../../src/core/time.ts";
import type { Alarm, LearnerMetrics } from "../../src/evaluation/metrics.ts";
import { unscored } from "../../src/evaluation/unscored.ts";
import type { FailureTimeline, LearnerCurves, ReportData } from "../../src/report/data.ts";

const START = Date.UTC(2015, 2, 1) * 1000;

/** A learner with no figure at all. */
export function emptyMetrics(learner: string, baseline = false): LearnerMetrics {
  const { skipped: _, ...metrics } = unscored({ learner, baseline, skipped: "", folds: [] });
  return metrics;
}

export function emptyReport(): ReportData {
  return {
    pipeline: "empty",
    task: { kind: "binary" },
    time: "timestamp",
    horizon: "24h",
    leadTime: null,
    costs: null,
    machines: [],
    evaluated: { from: null, to: null, machines: null },
    learners: [],
    best: null,
    published: null,
    notPublished: null,
    curves: [],
    failures: [],
    sources: [],
    splitAt: null,
    failuresSource: null,
    rows: { censored: null, trained: null, evaluated: null },
    features: null,
    gates: [],
    planId: null,
    packageVersion: null,
    seed: null,
  };
}

/** Nine failures, eight of them caught: good figures on few failures. */
export function goodReport(): ReportData {
  const rng = random(7, "good");
  const rows = 18_240;
  const gbdt: LearnerMetrics = {
    ...emptyMetrics("gbdt"),
    rows,
    positives: 214,
    averagePrecision: 0.713,
    averagePrecisionInterval: [0.524, 0.861],
    rocAuc: 0.9871,
    rocAucInterval: [0.962, 0.996],
    logLoss: 0.0213,
    brier: 0.00541,
    f1: { healthy: 0.9962, fails: 0.688 },
    macroF1: 0.842,
    failures: 9,
    partlyObserved: 2,
    caught: 8,
    late: 0,
    missed: 1,
    caughtShareInterval: [0.556, 1],
    alarms: 19,
    falseAlarms: 10,
    endedByPlanned: 1,
    machineMonths: 24.97,
    falseAlarmsPerMachineMonth: 0.4005,
    falseAlarmsPerMachineMonthInterval: [0.18, 0.71],
    warningMedian: 17,
    warningShortest: 6,
    warningLongest: 23,
    cost: 19_400,
    costInterval: [8_900, 31_800],
    costWithoutModel: 90_000,
    costOfSchedule: 48_000,
    costSavedInterval: [9_300, 46_200],
    folds: [
      {
        name: "2015-03-08 to 2015-03-22",
        trained: 41_003,
        evaluated: 9_210,
        threshold: -1.842,
        iterations: 214,
        averagePrecision: 0.731,
        rmse: null,
      },
      {
        name: "2015-03-22 to 2015-04-05",
        trained: 50_388,
        evaluated: 9_030,
        threshold: -1.615,
        iterations: 187,
        averagePrecision: 0.688,
        rmse: null,
      },
      {
        name: "2015-02-22 to 2015-03-08",
        skipped: "no failure in training",
        trained: 0,
        evaluated: 0,
        threshold: null,
        averagePrecision: null,
        rmse: null,
      },
    ],
  };
  const schedule: LearnerMetrics = {
    ...gbdt,
    learner: "schedule",
    baseline: true,
    averagePrecision: 0.061,
    averagePrecisionInterval: [0.031, 0.112],
    rocAuc: 0.712,
    rocAucInterval: [0.61, 0.79],
    logLoss: 0.0611,
    brier: 0.0114,
    f1: { healthy: 0.981, fails: 0.09 },
    macroF1: 0.5355,
    caught: 3,
    late: 1,
    missed: 5,
    caughtShareInterval: [0, 0.667],
    alarms: 60,
    falseAlarms: 54,
    falseAlarmsPerMachineMonth: 2.163,
    falseAlarmsPerMachineMonthInterval: [1.71, 2.64],
    warningMedian: 11,
    warningShortest: 5,
    warningLongest: 22,
    cost: 48_000,
    costInterval: [40_000, 57_000],
    costSavedInterval: null,
    folds: gbdt.folds.map((fold) => ({
      ...fold,
      iterations: undefined,
      averagePrecision: fold.averagePrecision && 0.06,
    })),
  };
  const machines = Array.from({ length: 40 }, (_, i) => `press-${String(i + 1).padStart(2, "0")}`);
  const failures = Array.from({ length: 11 }, (_, i) =>
    timeline(rng, i, i >= 9 ? "partly observed" : i === 4 ? "missed" : "caught", i % 2 === 0 ? "bearing" : "pump"),
  );
  return {
    pipeline: "press-line",
    task: { kind: "binary" },
    time: "timestamp",
    horizon: "24h",
    leadTime: "4h",
    costs: { missed: 10_000, falseAlarm: 300, planned: 800 },
    machines,
    evaluated: { from: START, to: START + 35 * 24 * MICROS_PER_HOUR, machines: 40 },
    splitAt: null,
    failuresSource: "events.failures",
    learners: [schedule, gbdt],
    best: "gbdt",
    published: { model: "press-line", version: 3, aliases: ["candidate"], refitted: true },
    notPublished: null,
    curves: [curves("gbdt", 0.9, rng), curves("schedule", 0.25, rng)],
    failures,
    sources: [
      {
        name: "telemetry",
        read: 876_100,
        used: 875_940,
        quarantined: 160,
        reasons: [
          { reason: "duplicate machine and time", rows: 120 },
          { reason: "not a number: rotate", rows: 40 },
        ],
      },
      { name: "maintenance", read: 3_286, used: 3_286, quarantined: 0, reasons: [] },
      { name: "failures", read: 761, used: 761, quarantined: 0, reasons: [] },
    ],
    rows: { censored: 2_412, trained: 91_391, evaluated: rows },
    features: 48,
    gates: [
      {
        gate: 'atLeast("averagePrecision", 0.5)',
        verdict: "passed",
        detail: "average precision 0.713 is at least 0.5",
      },
      {
        gate: 'notWorseThan("production")',
        verdict: "insufficient",
        detail: "3 failures later than both models’ training, at least 5 are needed",
      },
    ],
    planId: "9f2c7be1d4a05f6e8f0b7a31c6d5e2f4a1b3c5d7e9f00112233445566778899a",
    packageVersion: "0.1.0",
    seed: 1,
  };
}

/** A model that costs more than the schedule, on many failures, and is not published. */
export function poorReport(): ReportData {
  const rng = random(8, "poor");
  const good = goodReport();
  const gbdt: LearnerMetrics = {
    ...good.learners[1],
    averagePrecision: 0.034,
    averagePrecisionInterval: [0.009, 0.08],
    rocAuc: 0.58,
    rocAucInterval: [0.47, 0.69],
    failures: 61,
    partlyObserved: 0,
    caught: 14,
    late: 6,
    missed: 41,
    caughtShareInterval: [0.12, 0.34],
    alarms: 260,
    falseAlarms: 240,
    falseAlarmsPerMachineMonth: 9.61,
    falseAlarmsPerMachineMonthInterval: [7.9, 11.3],
    cost: 553_200,
    costInterval: [470_000, 640_000],
    costWithoutModel: 610_000,
    costOfSchedule: 402_000,
    costSavedInterval: [-240_000, -61_000],
  };
  const schedule = {
    ...good.learners[0],
    failures: 61,
    caught: 27,
    late: 4,
    missed: 30,
    partlyObserved: 0,
    caughtShareInterval: [0.31, 0.57] as const,
    cost: 402_000,
    costInterval: [330_000, 465_000] as const,
  };
  return {
    ...good,
    learners: [schedule, gbdt, { ...emptyMetrics("gbdt-large"), skipped: "not enough failures" }],
    published: null,
    notPublished: 'the gate atLeast("averagePrecision", 0.5) refused it: average precision is 0.034',
    curves: [curves("gbdt", 0.05, rng), curves("schedule", 0.4, rng)],
    failures: Array.from({ length: 61 }, (_, i) =>
      timeline(rng, i % 40, i % 10 === 3 ? "late" : i % 4 === 1 ? "caught" : "missed", "bearing"),
    ),
    gates: [
      { gate: 'atLeast("averagePrecision", 0.5)', verdict: "refused", detail: "average precision 0.034 is below 0.5" },
    ],
  };
}

/** Remaining life in cycles. */
export function lifeReport(): ReportData {
  const rng = random(9, "life");
  const life = Array.from({ length: 2_400 }, () => {
    const actual = Math.min(125, Math.floor(rng.uniform() * 190));
    const predicted = Math.max(0, Math.min(125, actual + rng.normal() * (4 + actual * 0.12)));
    return { predicted, actual };
  });
  const gbdt: LearnerMetrics = {
    ...emptyMetrics("gbdt"),
    rows: 2_400,
    rmse: 12.61,
    rmseInterval: [10.5, 14.6],
    mae: 9.11,
    nasaScore: 5_312.4,
    folds: [
      {
        name: "given",
        trained: 20_631,
        evaluated: 2_400,
        threshold: null,
        iterations: 240,
        averagePrecision: null,
        rmse: 12.61,
      },
    ],
  };
  const mean: LearnerMetrics = {
    ...gbdt,
    learner: "schedule",
    baseline: true,
    rmse: 39.8,
    rmseInterval: [36.1, 43],
    mae: 33.4,
    nasaScore: 912_345,
    folds: [{ ...gbdt.folds[0], iterations: undefined, rmse: 39.8 }],
  };
  return {
    ...goodReport(),
    pipeline: "turbofan-FD001",
    task: { kind: "regression", cap: 125 },
    time: "cycles",
    horizon: null,
    leadTime: null,
    costs: null,
    machines: Array.from({ length: 200 }, (_, i) => `engine-${i + 1}`),
    evaluated: { from: 31, to: 303, machines: 100 },
    learners: [gbdt, mean],
    failures: [],
    curves: [{ ...curves("gbdt", 1, rng), precisionRecall: null, calibration: null, plan: null, warnings: null, life }],
    sources: [{ name: "telemetry", read: 33_727, used: 33_727, quarantined: 0, reasons: [] }],
    gates: [],
  };
}

/** Which of four components fails first. */
export function multiclassReport(): ReportData {
  const good = goodReport();
  const classes = ["none", "comp1", "comp2", "comp3", "comp4"];
  const gbdt: LearnerMetrics = {
    ...good.learners[1],
    failures: 214,
    caught: 203,
    late: 4,
    missed: 7,
    caughtShareInterval: [0.915, 0.977],
    cost: 291_000,
    costInterval: [240_000, 352_000],
    costOfSchedule: 911_000,
    costSavedInterval: [520_000, 720_000],
    costWithoutModel: 2_140_000,
    classes,
    f1: { none: 0.998, comp1: 0.91, comp2: 0.94, comp3: 0.88, comp4: null },
    macroF1: 0.9312,
    confusion: [
      [17_890, 22, 31, 12, 9],
      [12, 61, 1, 0, 0],
      [9, 0, 92, 1, 0],
      [8, 1, 0, 40, 0],
      [5, 0, 2, 0, 44],
    ],
  };
  const schedule = {
    ...good.learners[0],
    failures: 214,
    caught: 80,
    late: 12,
    missed: 122,
    caughtShareInterval: [0.31, 0.44] as const,
    cost: 911_000,
    costInterval: [820_000, 990_000] as const,
    classes,
    confusion: null,
    f1: null,
    macroF1: null,
  };
  return { ...good, pipeline: "azure-pdm", task: { kind: "multiclass", classes }, learners: [schedule, gbdt] };
}

function timeline(
  rng: Random,
  machine: number,
  outcome: FailureTimeline["outcome"],
  component: string,
): FailureTimeline {
  const time = START + (80 + Math.floor(rng.uniform() * 700)) * MICROS_PER_HOUR;
  const warning = outcome === "missed" ? null : outcome === "late" ? 2 : outcome === "caught" ? 6 + rng.integer(17) : 9;
  const threshold = 0.31;
  const points: { cutoff: number; score: number }[] = [];
  for (let before = 72; before >= 1; before--) {
    if (machine % 5 === 2 && before < 52 && before > 44) continue;
    const rise = warning === null ? 0.06 : 0.75 / (1 + exp((before - warning + 1.2) * 0.9));
    points.push({
      cutoff: time - before * MICROS_PER_HOUR,
      score: Math.min(0.98, Math.max(0.01, 0.06 + rise + rng.normal() * 0.025)),
    });
  }
  const alarm = (before: number, verdict: Alarm["verdict"]) => ({
    raisedAt: time - before * MICROS_PER_HOUR,
    closedAt: time - Math.max(0, before - 24) * MICROS_PER_HOUR,
    verdict,
  });
  const alarms = warning === null ? [] : [alarm(warning, outcome === "late" ? "late" : "true")];
  if (machine % 4 === 3) alarms.unshift(alarm(55, "false"));
  return { machine, component, time, outcome, warning, points, threshold, alarms };
}

/** Curves of a learner of some strength between 0 (guessing) and 1. */
function curves(learner: string, strength: number, rng: Random): LearnerCurves {
  const precisionRecall = Array.from({ length: 600 }, (_, i) => {
    const recall = i / 599;
    const fall = recall ** (1 + strength * 8);
    return {
      recall,
      precision: Math.max(0.0117, Math.min(1, (0.02 + 0.97 * strength) * (1 - fall) + 0.0117 + rng.normal() * 0.008)),
    };
  });
  const calibration = [0.01, 0.06, 0.15, 0.26, 0.37, 0.5, 0.64, 0.78, 0.9].map((predicted, i) => ({
    predicted,
    observed: Math.min(1, Math.max(0, predicted + rng.normal() * 0.05)),
    count: [16_900, 480, 210, 130, 92, 101, 88, 120, 119][i],
  }));
  const plan = Array.from({ length: 80 }, (_, i) => {
    const falseAlarms = (i / 79) ** 2 * 14;
    return { falseAlarms, caught: Math.floor(9 * (1 - exp(-falseAlarms * (0.2 + strength * 4)))) / 9 };
  });
  return {
    learner,
    precisionRecall,
    calibration,
    plan,
    warnings: [6, 11, 14, 17, 17, 19, 22, 23],
    importance:
      learner === "schedule"
        ? null
        : [
            "vibration_mean_24h",
            "volt_sd_3h",
            "rotate_min_24h",
            "pressure_slope_24h",
            "errors_error1_count_24h",
            "maintenance_bearing_hours_since_replacement",
            "age",
            "volt_mean_24h",
            "pressure_max_3h",
            "schedule_used_bearing",
          ]
            .flatMap((feature, i) => [
              { feature, gain: 5_000 / (i + 1) ** 1.4 },
              { feature: `${feature}_b`, gain: 900 / (i + 1) },
            ])
            .concat([
              { feature: "model_other", gain: 3 },
              { feature: "unused", gain: 0 },
            ]),
    life: null,
  };
}
