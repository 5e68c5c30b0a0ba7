import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../src/simulate/write-fleet.ts";
import { cleanPlant, folderOf, plantFiles } from "../inspect/support/plant.ts";
import { forewarn, root } from "./support/forewarn.ts";

/** A place for a pipeline file from which `forewarn` can be imported: below the package. */
async function pipelinePlace(context: TestContext) {
  const parent = join(root, "build", "data");
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, "test-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const places = ["registry", "runs", "cache"].flatMap((place) => [`--${place}`, join(folder, place)]);
  return { file: join(folder, "fleet.mts"), places };
}

test("the pipeline that infer writes for the sample runs as it is", async (context) => {
  const { file, places } = await pipelinePlace(context);
  const inferred = await forewarn(["data", "infer", "data/sample", "--out", file]);
  assert.equal(inferred.code, 0, inferred.stderr);
  const { code, stdout, stderr } = await forewarn(["run", file, ...places, "--json", "--quiet"]);
  assert.equal(code, 0, stderr);
  const result = JSON.parse(stdout);
  assert.equal(result.status, "done");
  assert.equal(result.published.model, "sample");
  // Better than a coin: a row in about forty fails.
  assert.ok(result.metrics["gbdt"].averagePrecision > 0.2, `${result.metrics["gbdt"].averagePrecision}`);
});

test("infer prints the pipeline to stdout and its reasons to stderr, and with --json the proposal as data", async (context) => {
  const folder = await folderOf(context, plantFiles(cleanPlant()));
  const text = await forewarn(["data", "infer", folder]);
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /^\/\/ What forewarn reads/);
  assert.match(text.stdout, /export default definePipeline\(\{/);
  assert.match(text.stderr, /^✓ sure {3}~ likely {3}\? a guess\n/);
  assert.match(text.stderr, /^\? cost: /m);
  const { pipeline, archive, choices } = JSON.parse((await forewarn(["data", "infer", folder, "--json"])).stdout);
  assert.equal(pipeline, text.stdout);
  assert.equal(archive.telemetry[0].path, "telemetry.csv");
  assert.ok(choices.every(({ why }: { why: string }) => why !== ""));
});

test("infer replaces no file unless it is forced to", async (context) => {
  const folder = await folderOf(context, { ...plantFiles(cleanPlant()), "fleet.mts": "mine" });
  const out = join(folder, "fleet.mts");
  const refused = await forewarn(["data", "infer", folder, "--out", out]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /USAGE_DATA: the file to write is there already/);
  assert.equal(await readFile(out, "utf8"), "mine");
  assert.equal((await forewarn(["data", "infer", folder, "--out", out, "--force"])).code, 0);
  assert.match(await readFile(out, "utf8"), /definePipeline/);
});

test("infer on a simulated fleet gives a pipeline whose plan has no warning", async (context) => {
  const { file, places } = await pipelinePlace(context);
  const data = await folderOf(context, {});
  await writeFleet(data, simulateFleet({ seed: 4, machines: 10, days: 90, every: "3h" }));
  assert.equal((await forewarn(["data", "infer", data, "--out", file])).code, 0);
  const { code, stdout, stderr } = await forewarn(["plan", file, ...places, "--json"]);
  assert.equal(code, 0, stderr);
  const { machines, warnings, failing } = JSON.parse(stdout);
  assert.equal(machines, 10);
  assert.deepEqual(warnings, []);
  assert.ok(failing > 0);
});

test("names from files cannot end a text or a remark of the pipeline, and one reading a row is written as long(…)", async (context) => {
  const { file, places } = await pipelinePlace(context);
  const plant = cleanPlant();
  const sensor = ['pres"sure` $', "{process.exit(7)} $& */"].join("");
  const telemetry = plant.telemetry.map(({ machine, time, pressure, speed }) => ({
    machine,
    time,
    [sensor]: pressure,
    speed,
  }));
  const names = ["machine", "time", `"${sensor.replaceAll('"', '""')}"`, "speed", `"fail\u2028\nprocess.exit(8)"`];
  const rows = telemetry.map((row) => `${row.machine},${row.time},${row[sensor]},${row.speed},0`);
  const wide = `${names.join(",")}\n${rows.join("\n")}\n`;
  const data = await folderOf(context, { ...plantFiles(plant), "telemetry.csv": wide });
  assert.equal((await forewarn(["data", "infer", data, "--out", file])).code, 0);
  const plan = await forewarn(["plan", file, ...places, "--json"]);
  assert.equal(plan.code, 0, plan.stderr);

  const readings = plant.telemetry.flatMap(({ machine, time, pressure, speed }) => [
    `${machine},${time},pressure,${pressure}`,
    `${machine},${time},speed,${speed}`,
  ]);
  const long = `machine,time,tag,value\n${readings.join("\n")}\n`;
  const folder = await folderOf(context, { ...plantFiles(plant), "telemetry.csv": long });
  assert.equal((await forewarn(["data", "infer", folder, "--out", file, "--force"])).code, 0);
  assert.match(
    await readFile(file, "utf8"),
    /sensors: long\(\{ tag: "tag", value: "value", tags: \{ pressure: "pressure", speed: "speed" \} \}\)/,
  );
  assert.doesNotMatch(await readFile(file, "utf8"), /forewarn\/archive/);
  const { code, stdout, stderr } = await forewarn(["plan", file, ...places, "--json"]);
  assert.equal(code, 0, stderr);
  assert.ok(JSON.parse(stdout).columns.some((name: string) => name.startsWith("pressure_mean_")));
});

test("check ends with 0 for an archive that a run takes and with 3 for one that it refuses", async (context) => {
  const clean = await forewarn(["data", "check", await folderOf(context, plantFiles(cleanPlant()))]);
  assert.equal(clean.code, 0, clean.stderr);
  assert.match(clean.stdout, /✓ a run takes this archive\n$/);
  const plant = cleanPlant();
  plant.telemetry.push({ ...plant.telemetry[3] });
  const folder = await folderOf(context, plantFiles(plant));
  const dirty = await forewarn(["data", "check", folder]);
  assert.equal(dirty.code, 3);
  assert.match(dirty.stdout, /\nWhat a run refuses\n✗ telemetry: 1 row repeats another's machine and time/);
  assert.match(dirty.stdout, /✗ a run refuses this archive: 1 reason, /);
  const document = await forewarn(["data", "check", folder, "--json"]);
  assert.equal(document.code, 3);
  const { accepted, findings, telemetry } = JSON.parse(document.stdout);
  assert.equal(accepted, false);
  assert.equal(findings[0].code, "duplicate");
  assert.equal(telemetry[0].rows, 4 * 960 + 1);
});

test("check reads a pipeline with its words, and its own horizon is among those counted", async (context) => {
  const { stdout, code } = await forewarn(["data", "check", "pipelines/sample.ts", "--json"]);
  assert.equal(code, 0);
  const { labels, findings, events } = JSON.parse(stdout);
  assert.equal(labels.every, "3h");
  assert.ok(labels.horizons.some(({ horizon }: { horizon: string }) => horizon === "2d"));
  assert.deepEqual(
    findings.filter(({ severity }: { severity: string }) => severity !== "note"),
    [],
  );
  assert.deepEqual(
    events.map(({ source, rows }: { source: string; rows: number }) => [source, rows]),
    [
      ["events.errors", 1151],
      ["events.maintenance", 473],
      ["events.failures", 116],
      ["events.downtime", 203],
    ],
  );
  context.diagnostic("the sample has no warning");
});

test("a wrong action or place is told what is right", async (context) => {
  const action = await forewarn(["data", "chek", "data/sample"]);
  assert.equal(action.code, 2);
  assert.match(
    action.stderr,
    /USAGE_DATA: data has no such action; expected check or infer, found chek\n.*\n {2}hint: did you mean `check`/,
  );
  assert.equal((await forewarn(["data", "check", "nowhere"])).code, 2);
  const folder = await folderOf(context, {});
  await writeFile(join(folder, "notes.txt"), "nothing to see\n");
  const empty = await forewarn(["data", "infer", folder]);
  assert.equal(empty.code, 3);
  assert.match(empty.stderr, /DATA_NO_TELEMETRY|DATA_FILES_MISSING/);
  assert.deepEqual(await readdir(folder), ["notes.txt"]);
});

test("lines fit a terminal of 80 characters", async () => {
  const { dataAction } = await import("../../src/cli/data-action.ts");
  const request = { action: "check", place: join(root, "data/sample"), force: false, json: false };
  const { text, advice } = await dataAction(request, {
    now: Date.parse("2025-07-01"),
    width: 80,
    workingFolder: tmpdir(),
  });
  const long = `${text}${advice}`.split("\n").filter((line) => line.length > 80);
  assert.deepEqual(long, []);
});
