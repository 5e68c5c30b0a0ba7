import assert from "node:assert/strict";
import { test } from "node:test";
import { resultTable } from "../../src/cli/result-table.ts";
import { unscored } from "../../src/evaluation/unscored.ts";
import type { RunResult } from "../../src/pipeline/run-result.ts";

const none = (learner: string) => {
  const { skipped: _, ...metrics } = unscored({ learner, baseline: learner === "schedule", skipped: "", folds: [] });
  return metrics;
};
const result: RunResult = {
  run: "r",
  status: "done",
  stages: [],
  rows: { read: 0, used: 0, quarantined: 0, censored: 0, trained: 0, evaluated: 0 },
  sources: [{ source: "events.failures", read: 37, used: 19, quarantined: { "machine without telemetry": 18 } }],
  report: "/home/runs/r/report.html",
  published: { model: "m", version: 3, path: "/home/registry/m/3", aliases: ["candidate"] },
  gates: [],
  metrics: {},
};
const planner = {
  late: 3,
  missed: 14,
  warningMedian: 31.75,
  falseAlarmsPerMachineMonth: 2.861,
  costWithoutModel: 250_000,
};
const schedule = { ...none("schedule"), ...planner, failures: 25, caught: 8, cost: 210_500, averagePrecision: 0.0861 };

test("the table has a column a learner, and says what was set aside and where everything is", () => {
  const metrics = {
    schedule,
    gbdt: { ...schedule, learner: "gbdt", baseline: false, averagePrecisionInterval: [0.05, 0.2153] as const },
  };
  assert.deepEqual(resultTable({ ...result, metrics }, "timestamp", "/home").split("\n"), [
    "",
    "                            schedule (rule of thumb)                    gbdt",
    "caught                                       8 of 25                 8 of 25",
    "late, missed                                   3, 14                   3, 14",
    "median warning                                31.8 h                  31.8 h",
    "false alarms/machine-month                      2.86                    2.86",
    "cost (no model: 250,000)                     210,500                 210,500",
    "average precision                              0.086  0.086 (0.050 to 0.215)",
    "",
    "set aside  events.failures, 18 of 37 rows: machine without telemetry",
    "report     runs/r/report.html",
    "run        runs/r",
    "published  m@3 (candidate)  registry/m/3",
    "",
  ]);
});

test("a learner that could not be scored says why, no failure is warned of, and nothing published says why", () => {
  const gbdt = { ...none("gbdt"), skipped: "not enough failures" };
  const text = resultTable(
    {
      ...result,
      published: null,
      status: "refused",
      metrics: { schedule: { ...schedule, failures: 0, caught: 0 }, gbdt },
    },
    "timestamp",
    "/home",
  );
  assert.match(text, /^caught +0 of 0 +not enough failures$/m);
  assert.match(text, /^warning {4}no failure lies wholly in the evaluated rows/m);
  assert.match(text, /^published {2}nothing: no learner could be scored \(not enough failures\)$/m);
});

test("a remaining life has its own figures, an undefined one is a dash", () => {
  const gbdt = { ...none("gbdt"), rmse: 12.09, rmseInterval: [10.05, 14.11] as const, mae: 8.8 };
  assert.deepEqual(
    resultTable({ ...result, metrics: { gbdt } }, "cycles", "/home")
      .split("\n")
      .slice(1, 5),
    [
      "                              gbdt",
      "RMSE        12.09 (10.05 to 14.11)",
      "MAE                           8.80",
      "NASA score                       –",
    ],
  );
});
