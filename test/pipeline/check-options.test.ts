import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../src/archive/csv.ts";
import { type ErrorDetails, ForewarnError } from "../../src/core/errors.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { checkOptions } from "../../src/pipeline/check-options.ts";
import type { PipelineOptions } from "../../src/pipeline/options.ts";
import { atLeast, notWorseThan } from "../../src/registry/gates.ts";
import { byMachine } from "../../src/splits/by-machine.ts";
import { rollingOrigin } from "../../src/splits/rolling-origin.ts";
import { oddOptions } from "./support/odd-names.ts";
import { smallOptions } from "./support/small-fleet.ts";

/** As plain JavaScript could write it. */
function refused(options: Readonly<Record<string, unknown>>): ForewarnError {
  try {
    checkOptions({ ...smallOptions, ...options } as unknown as PipelineOptions, "fleet.ts");
  } catch (error) {
    assert.ok(error instanceof ForewarnError, String(error));
    return error;
  }
  return assert.fail(`nothing was refused of ${JSON.stringify(options)}`);
}

const label = failsWithin("2d", { of: "failures" });
const telemetry = csv("t.csv", { machine: "m", time: "t", sensors: ["vibration"] });

const cases: [options: Readonly<Record<string, unknown>>, code: string, details: Partial<ErrorDetails>][] = [
  [{ evry: "1h" }, "PIPELINE_OPTION_UNKNOWN", { found: "evry", hint: "did you mean `every`?" }],
  [{ label: undefined }, "PIPELINE_OPTION_MISSING", { expected: "`label`" }],
  [{ publish: { when: [{ kind: "x" }] } }, "PIPELINE_OPTION_VALUE", { found: '{"kind":"x"}' }],
  [{ publish: { when: [{ gate: "atleast" }] } }, "PIPELINE_OPTION_VALUE", { hint: "did you mean `atLeast`?" }],
  [
    { publish: { when: [{ ...atLeast("cost", 1), metric: "csot" }] } },
    "PIPELINE_GATE",
    { hint: "did you mean `cost`?" },
  ],
  [{ publish: { alais: "x" } }, "PIPELINE_OPTION_UNKNOWN", { found: "alais", hint: "did you mean `alias`?" }],
  [{ publish: { alias: "A B" } }, "PIPELINE_OPTION_VALUE", { found: '"A B"' }],
  [{ label: { ...label, label: "failWithin" } }, "PIPELINE_OPTION_VALUE", { hint: "did you mean `failsWithin`?" }],
  [{ label: { ...label, horizon: "soon" } }, "PIPELINE_DURATION", { where: "fleet.ts, label.horizon" }],
  [{ label: { ...label, planned: "well" } }, "PIPELINE_OPTION_VALUE", { expected: 'one of "healthy", "censored"' }],
  [{ split: { split: "byTme", at: 1 } }, "PIPELINE_OPTION_VALUE", { hint: "did you mean `byTime`?" }],
  [{ split: "byTime" }, "PIPELINE_OPTION_VALUE", { found: '"byTime"' }],
  [{ split: { split: "byTime", at: "spring" } }, "PIPELINE_INSTANT", { where: "fleet.ts, split.at" }],
  [
    { split: { split: "byTime", at: "2025-01-01", embargo: 3 } },
    "PIPELINE_DURATION",
    { where: "fleet.ts, split.embargo" },
  ],
  [{ split: { ...rollingOrigin({ folds: 2, test: "x" }) } }, "PIPELINE_DURATION", { where: "fleet.ts, split.test" }],
  [
    { learners: [{ learner: "gbtd", name: "a", baseline: false }] },
    "PIPELINE_OPTION_VALUE",
    { hint: "did you mean `gbdt`?" },
  ],
  [{ learners: ["gbdt"] }, "PIPELINE_OPTION_VALUE", { expected: "an object", found: '"gbdt"' }],
  [{ features: ["volt"] }, "PIPELINE_FEATURE_OPTION", { where: "fleet.ts, features[0]" }],
  [{ features: [{ feature: "timesince" }] }, "PIPELINE_UNKNOWN_FEATURE", { hint: "did you mean `timeSince`?" }],
  [
    { features: [{ feature: "countOf", table: "errors", over: ["2 days"] }] },
    "PIPELINE_DURATION",
    { where: "fleet.ts, features[0], countOf: over", found: '"2 days"' },
  ],
  [{ evaluate: { costs: {} } }, "PIPELINE_OPTION_UNKNOWN", { found: "costs", hint: "did you mean `cost`?" }],
  [
    { evaluate: { cost: { missed: 1, falseAlarm: 1 } } },
    "PIPELINE_OPTION_MISSING",
    { expected: "`evaluate.cost.planned`, a number" },
  ],
  [
    { evaluate: { leadTime: "60h" }, label: { ...label, horizon: "48h" } },
    "PIPELINE_OPTION_VALUE",
    {
      problem: "`evaluate.leadTime` has a value it cannot take",
      expected: 'at most the label\'s horizon, "48h"',
      found: '"60h"',
    },
  ],
  [{ environments: { dev: { registri: "x" } } }, "PIPELINE_OPTION_UNKNOWN", { hint: "did you mean `registry`?" }],
  [{ environments: { dev: { registry: 5 } } }, "PIPELINE_OPTION_VALUE", { found: "5" }],
  [{ data: 5 }, "PIPELINE_OPTION_VALUE", { problem: "`data` has a value it cannot take" }],
  [{ reference: { limit: telemetry } }, "PIPELINE_OPTION_UNKNOWN", { hint: "did you mean `limits`?" }],
  [{ telemetry: "telemetry.csv" }, "PIPELINE_MAPPING", { where: "telemetry" }],
  [{ telemetry: { ...telemetry, delay: "late" } }, "PIPELINE_DURATION", { where: "telemetry: delay" }],
  [{ every: "hourly" }, "PIPELINE_DURATION", { where: "fleet.ts, every" }],
  [{ stale: "5c" }, "PIPELINE_DURATION", { where: "fleet.ts, stale" }],
  [{ time: "cycle" }, "PIPELINE_OPTION_VALUE", { found: '"cycle"' }],
];

for (const [options, code, expected] of cases) {
  test(`before anything runs, ${JSON.stringify(options).slice(0, 90)} is refused`, () => {
    const { code: found, details, message } = refused(options);
    assert.equal(found, code, message);
    for (const [name, value] of Object.entries(expected))
      assert.equal(details[name as keyof ErrorDetails], value, message);
  });
}

test("what the words of a pipeline give is accepted", () => {
  const accepted: Partial<PipelineOptions>[] = [
    {},
    { split: byMachine({ folds: 3 }) },
    { split: rollingOrigin({ folds: 2, test: "10d", window: "30d", embargo: "1d" }) },
    { publish: { alias: "candidate", when: [atLeast("rocAuc", 0.5), notWorseThan("production")], refit: false } },
    { environments: { dev: { registry: "elsewhere" } }, data: "here" },
    { telemetry: [telemetry, { ...telemetry, path: "u.csv", delay: "1h" }] },
    oddOptions,
  ];
  for (const options of accepted) checkOptions({ ...smallOptions, ...options }, "fleet.ts");
});
