import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unlessThere } from "./support/run-real.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const data = resolve(process.env.PDM_DATA ?? join(root, "../shared/data"));

/** Infers a pipeline for a data set and runs it as it is. */
async function inferAndRun(context: TestContext, dataSet: string) {
  // Only below the package does `forewarn` mean this package.
  await mkdir(join(root, "build"), { recursive: true });
  const home = await mkdtemp(join(root, "build", "infer-"));
  context.after(() => rm(home, { recursive: true, force: true }));
  const file = join(home, "fleet.mts");
  const places = ["registry", "runs", "cache"].flatMap((place) => [`--${place}`, join(home, place)]);
  const command = (args: readonly string[]) =>
    promisify(execFile)(process.execPath, ["bin/forewarn.js", ...args], { cwd: root, maxBuffer: 1 << 26 });
  const proposal = JSON.parse((await command(["data", "infer", join(data, dataSet), "--out", file, "--json"])).stdout);
  const result = JSON.parse((await command(["run", file, "--json", "--quiet", ...places])).stdout);
  return { proposal, result };
}

test("azure-pdm: the inferred pipeline reads the hourly telemetry, runs as it is and beats the schedule", {
  skip: unlessThere("azure-pdm"),
}, async (context) => {
  const { proposal, result } = await inferAndRun(context, "azure-pdm");
  const { telemetry, machines, events } = proposal.archive;
  assert.deepEqual(
    telemetry.map(({ path }: { path: string }) => path),
    ["PdM_telemetry_hourly_20machines_90days.csv"],
  );
  assert.deepEqual(telemetry[0].sensors, ["volt", "rotate", "pressure", "vibration"]);
  assert.deepEqual(machines.attributes, { model: "category", age: "number" });
  assert.deepEqual(Object.keys(events).sort(), ["errors", "failures", "maintenance"]);
  assert.deepEqual(proposal.problems, []);
  const { averagePrecision, cost, costOfSchedule } = result.metrics["gbdt"];
  context.diagnostic(
    `azure-pdm inferred: average precision ${averagePrecision}, cost ${cost}, schedule ${costOfSchedule}`,
  );
  assert.equal(result.status, "done");
  assert.ok(averagePrecision > 0.9, `${averagePrecision}`);
  assert.ok(cost < costOfSchedule);
});

test("C-MAPSS: the inferred pipeline takes FD001 with its remaining lives and runs as it is", {
  skip: unlessThere("cmapss"),
}, async (context) => {
  const { proposal, result } = await inferAndRun(context, "cmapss");
  assert.equal(proposal.archive.time, "cycles");
  assert.deepEqual(proposal.learning.label, { cap: 125 });
  assert.deepEqual(proposal.learning.split, { split: "given", train: "train-*", evaluate: "test-*" });
  const { rmse } = result.metrics["gbdt"];
  context.diagnostic(`FD001 inferred: RMSE ${rmse}`);
  assert.ok(rmse < 16, `${rmse}`);
});
