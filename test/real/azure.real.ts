import assert from "node:assert/strict";
import { test } from "node:test";
import { runReal, unlessThere } from "./support/run-real.ts";

/** LightGBM on the same rows, with the same columns: average precision on the test rows, and its row counts. */
const baselines = [
  {
    horizon: "24h",
    errors: "true",
    averagePrecision: 0.994,
    atLeast: 0.97,
    trained: 28_174,
    evaluated: 14_030,
    positives: 246,
  },
  {
    horizon: "24h",
    errors: "false",
    averagePrecision: 0.617,
    atLeast: 0,
    trained: 28_174,
    evaluated: 14_030,
    positives: 246,
  },
  {
    horizon: "72h",
    errors: "true",
    averagePrecision: 0.421,
    atLeast: 0,
    trained: 28_174,
    evaluated: 12_112,
    positives: 516,
  },
  {
    horizon: "72h",
    errors: "false",
    averagePrecision: 0.348,
    atLeast: 0,
    trained: 28_174,
    evaluated: 12_112,
    positives: 516,
  },
];

for (const baseline of baselines) {
  const { horizon, errors } = baseline;
  const name = `azure-pdm, ${horizon}, ${errors === "true" ? "all features" : "without errors"}`;
  test(`${name}: the baseline's rows, and its average precision within our interval`, {
    skip: unlessThere("azure-pdm"),
  }, async (context) => {
    const { rows, metrics } = await runReal(context, "azure-pdm", { horizon, errors });
    const figures = metrics["gbdt"];
    const { averagePrecision, averagePrecisionInterval } = figures;
    context.diagnostic(
      `${name}: average precision ${averagePrecision} (${averagePrecisionInterval?.join(" to ")}), caught ${figures.caught} of ${figures.failures}, ` +
        `${figures.falseAlarms} false alarms, cost ${figures.cost} against ${figures.costOfSchedule} with the schedule`,
    );
    assert.deepEqual(
      [rows.trained, rows.evaluated, figures.positives],
      [baseline.trained, baseline.evaluated, baseline.positives],
    );
    assert.ok(averagePrecision !== null && averagePrecisionInterval !== null);
    const halfWidth = (averagePrecisionInterval[1] - averagePrecisionInterval[0]) / 2;
    assert.ok(
      averagePrecision >= baseline.averagePrecision - halfWidth,
      `${averagePrecision} is below ${baseline.averagePrecision} - ${halfWidth}`,
    );
    assert.ok(averagePrecision >= baseline.atLeast, `${averagePrecision} is below ${baseline.atLeast}`);
  });
}
