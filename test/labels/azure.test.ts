/** The rows and labels of the public Azure data, where they are at hand, are those of the published comparison. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { MICROS_PER_HOUR, parseInstant } from "../../src/core/time.ts";
import { gridCutoffs } from "../../src/labels/cutoffs.ts";
import { failsWithin } from "../../src/labels/fails-within.ts";
import { buildHistory } from "../../src/labels/history.ts";
import { labelHorizon } from "../../src/labels/horizon.ts";
import { labelRows } from "../../src/labels/label-rows.ts";
import { FAILS } from "../../src/labels/labels.ts";
import { observe } from "../../src/labels/observation.ts";
import { byTime } from "../../src/splits/by-time.ts";
import { splitRows } from "../../src/splits/split-rows.ts";
import { buildFleet, type EventRow } from "./build-fleet.ts";

const data = resolve(process.env["PDM_DATA"] ?? join(import.meta.dirname, "../../../shared/data"));
const folder = join(data, "azure-pdm");
const skip = existsSync(folder)
  ? false
  : `the folder ${folder} is missing; PDM_DATA may name the one that holds azure-pdm`;

for (const expected of [
  { horizon: "24h", trained: 28_174, failing: 618, evaluated: 14_030, failingThere: 246 },
  { horizon: "72h", trained: 28_174, failing: 1_830, evaluated: 12_112, failingThere: 516 },
]) {
  test(`hourly rows of the Azure data at a horizon of ${expected.horizon} are those of the baseline`, { skip }, () => {
    const fleet = azureFleet();
    const spec = failsWithin(expected.horizon, { of: "failures" });
    const history = buildHistory(fleet, spec);
    const every = MICROS_PER_HOUR;
    const observation = observe(fleet, history, { every });
    const cutoffs = gridCutoffs(fleet, observation, every);
    const labels = labelRows(spec, fleet, history, observation, cutoffs);
    const [fold] = splitRows(
      byTime("2015-03-01"),
      { time: fleet.time, cutoffs, state: labels.state, windowStart: cutoffs.cutoff, labelEnd: labels.end },
      { seed: 1, horizon: labelHorizon(spec, fleet.time) },
    );
    const failing = (rows: Uint32Array) => rows.filter((row) => labels.state[row] === FAILS).length;
    assert.deepEqual(
      {
        horizon: expected.horizon,
        trained: fold.train.length,
        failing: failing(fold.train),
        evaluated: fold.evaluate.length,
        failingThere: failing(fold.evaluate),
      },
      expected,
    );
  });
}

function azureFleet() {
  const telemetry: Record<string, number[]> = {};
  for (const [time, machine] of cells("PdM_telemetry_hourly_20machines_90days.csv")) {
    telemetry[machine] ??= [];
    telemetry[machine].push(parseInstant(time, "timestamp"));
  }
  const events = (file: string): EventRow[] =>
    cells(file)
      .filter(([, machine]) => machine in telemetry)
      .map(([time, machine, kind]) => ({ machine, time: parseInstant(time, "timestamp"), kind }));
  return buildFleet({
    time: "timestamp",
    telemetry: [telemetry],
    events: { failures: events("PdM_failures.csv"), maintenance: events("PdM_maint.csv") },
  });
}

function cells(file: string): string[][] {
  const lines = readFileSync(join(folder, file), "utf8").replaceAll('"', "").trim().split(/\r?\n/);
  return lines.slice(1).map((line) => line.split(","));
}
