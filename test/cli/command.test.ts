import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../src/simulate/write-fleet.ts";
import { forewarn, root } from "./support/forewarn.ts";

const pipeline = `
import { atLeast, byTime, csv, definePipeline, failsWithin, gbdt, parquet, rolling, scheduleRule, scheduleUsed } from "forewarn";

const event = { machine: "machine", time: "time" };

export default definePipeline({ gate: 0, sensor: "vibration" }, ({ gate, sensor }) => ({
  name: "command",
  telemetry: parquet("telemetry", { ...event, sensors: [sensor] }),
  events: {
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
  reference: { schedule: csv("schedule.csv", { component: "component", interval: "interval_hours" }) },
  every: "6h",
  features: [rolling(sensor, { over: "1d", stats: ["mean"] }), scheduleUsed("schedule")],
  label: failsWithin("2d", { of: "failures" }),
  split: byTime("2025-03-10"),
  learners: [scheduleRule(), gbdt({ trees: 5, leaves: 4 })],
  innerFolds: 2,
  publish: { alias: "candidate", when: [atLeast("averagePrecision", gate)] },
  environments: { dev: { registry: "registry-of-dev" } },
}));
`;

/** A pipeline file and an archive; its arguments for the command. */
async function archive(context: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-"));
  // Only below the package does `forewarn` mean this package.
  const file = join(root, "build", "command", `${folder.slice(-6)}.ts`);
  await mkdir(join(root, "build", "command"), { recursive: true });
  await writeFile(file, pipeline);
  context.after(() => Promise.all([rm(folder, { recursive: true, force: true }), rm(file, { force: true })]));
  const data = join(folder, "data");
  await writeFleet(data, simulateFleet({ seed: 5, machines: 12, days: 110, every: "3h" }));
  const places = ["registry", "runs", "cache"].flatMap((place) => [`--${place}`, join(folder, place)]);
  return { folder, file, data, args: [file, "--data", data, ...places] };
}

test("--help lists the commands, --version says the version", async () => {
  const help = await forewarn(["--help"]);
  assert.equal(help.code, 0);
  for (const command of [
    "run <pipeline>",
    "plan <pipeline>",
    "check <pipeline>",
    "data <action>",
    "init <folder>",
    "score",
    "registry <action>",
    "simulate <folder>",
  ]) {
    assert.ok(help.stdout.includes(command), command);
  }
  assert.match((await forewarn(["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
});

test("wrong usage ends with code 2, in at most three lines, without a stack unless --debug asks for it", async () => {
  for (const args of [["rn"], ["run"], ["run", "nowhere.ts"], ["score"]]) {
    const { code, stderr, stdout } = await forewarn(args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(stdout, "");
    assert.ok(stderr.trim().split("\n").length <= 3, stderr);
    assert.doesNotMatch(stderr, / at .*:\d+:\d+/);
  }
  assert.match((await forewarn(["run", "nowhere.ts", "--debug"])).stderr, / at .*:\d+:\d+/);
});

test("an old Node gets one sentence and code 2", async () => {
  const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})";
  const { code, stderr } = await forewarn(["--help"], ["--import", old]);
  assert.equal(code, 2);
  assert.equal(stderr, "forewarn needs Node 22.18 or later and this is Node 20.20.2: install a newer Node.\n");
});

test("a run prints a table, or with --json one document and nothing else to stdout", async (context) => {
  const { args, folder, data } = await archive(context);
  const table = await forewarn(["run", ...args]);
  assert.equal(table.code, 0, table.stderr);
  assert.match(table.stdout, /schedule \(rule of thumb\)/);
  assert.match(table.stdout, /published {2}command@1 \(candidate\)/);
  assert.match(table.stderr, /^load: \d+\.\d s\n/);

  const document = await forewarn(["run", ...args, "--json", "--quiet"]);
  assert.equal(document.stderr, "");
  const result = JSON.parse(document.stdout);
  assert.equal(result.status, "done");
  assert.ok(
    result.stages.every(
      (stage: { name: string; status: string }) => stage.name === "publish" || stage.status === "reused",
    ),
  );
  const { metrics } = JSON.parse(await readFile(join(folder, "runs", result.run, "manifest.json"), "utf8"));
  assert.deepEqual(metrics, result.metrics);

  await context.test("plan shows what it will do, score uses what it registered, registry lists it", async () => {
    const plan = JSON.parse((await forewarn(["plan", ...args, "--json"])).stdout);
    assert.ok(plan.columns.includes("vibration_mean_1d"));
    const text = (await forewarn(["plan", ...args])).stdout;
    assert.match(text, /^time {7}2025-01-01T00:00:00Z to 2025-04-20T21:00:00Z$/m);
    assert.match(text, /events\.failures: (\d+) rows in 1 file, \1 used$/m);
    const registry = ["--registry", join(folder, "registry")];
    const out = join(folder, "predictions.parquet");
    const score = await forewarn([
      "score",
      "--model",
      "command@candidate",
      ...registry,
      "--data",
      data,
      "--out",
      out,
      "--json",
    ]);
    assert.equal(JSON.parse(score.stdout).version, 1);
    const elsewhere = join(folder, "none.parquet");
    const at = ["--at", "2031-01-01", "--out", elsewhere];
    const nothing = await forewarn(["score", "--model", "command@1", ...registry, "--data", data, ...at]);
    assert.equal(nothing.code, 3);
    assert.match(
      nothing.stderr,
      /DATA_NOTHING_TO_SCORE: .*from 2025-01-01T00:00:00Z to 2025-04-20T18:00:00Z, every 6h/,
    );
    assert.equal(existsSync(elsewhere), false);
    assert.deepEqual(JSON.parse((await forewarn(["registry", "list", ...registry, "--json"])).stdout), [
      { model: "command", versions: [1], aliases: { candidate: 1 }, damaged: [] },
    ]);
    assert.equal((await forewarn(["registry", "promote", "command@1", "production", ...registry])).code, 0);
    assert.equal((await forewarn(["registry", "verify", "command@production", ...registry])).code, 0);
    await writeFile(join(folder, "registry", "command", "1", "model.onnx"), "rubbish");
    const damaged = await forewarn(["registry", "verify", "command@1", ...registry]);
    assert.equal(damaged.code, 3);
    assert.match(damaged.stdout, /model\.onnx/);
    assert.equal(
      (await forewarn(["score", "--model", "command@1", ...registry, "--data", data, "--out", out])).code,
      3,
    );
  });

  await context.test("a gate that says no ends with code 4, bad data with 3 and a failed document", async () => {
    const refused = await forewarn(["run", ...args, "--set", "gate=1", "--json"]);
    assert.equal(refused.code, 4);
    assert.equal(JSON.parse(refused.stdout).status, "refused");
    const failed = await forewarn(["run", ...args, "--set", "sensor=vibraton", "--json"]);
    assert.equal(failed.code, 3);
    const { status, error, run } = JSON.parse(failed.stdout);
    assert.equal(status, "failed");
    assert.equal(error.code, "DATA_COLUMN_MISSING");
    assert.match(error.hint, /did you mean `vibration`/);
    assert.match(run, /^\d{8}T\d{6}Z-/);
    assert.match(failed.stderr, /^DATA_COLUMN_MISSING: /m);
  });
});

test("an interrupted run says so on a line of its own and ends with code 130", async (context) => {
  const { args } = await archive(context);
  const child = spawn(process.execPath, ["bin/forewarn.js", "run", ...args], { cwd: root });
  let stderr = "";
  child.stderr.once("data", () => child.kill("SIGINT"));
  child.stderr.on("data", (part: Buffer) => {
    stderr += part;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 130, stderr);
  assert.match(stderr, /^INTERRUPTED_RUN: the run was interrupted\n {2}in .*\n {2}hint: .*finished stages are kept/m);
});

test("--env picks an environment's folders and an unknown one is refused", async (context) => {
  const { file, data } = await archive(context);
  const unknown = await forewarn(["run", file, "--data", data, "--env", "prod"]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /USAGE_ENVIRONMENT_UNKNOWN.*expected one of dev/);
});

test("a pipeline over public data says where to put them, unless --data names another folder", async (context) => {
  const before = process.env["PDM_DATA"];
  process.env["PDM_DATA"] = join(tmpdir(), "no-such-folder");
  context.after(() => {
    if (before === undefined) delete process.env["PDM_DATA"];
    else process.env["PDM_DATA"] = before;
  });
  const missing = await forewarn(["plan", "pipelines/azure-pdm.ts"]);
  assert.equal(missing.code, 3);
  assert.match(missing.stderr, /DATA_FOLDER_MISSING: .*no-such-folder.azure-pdm\n {2}hint: set PDM_DATA/);
  const named = await forewarn(["plan", "pipelines/azure-pdm.ts", "--data", "nowhere"]);
  assert.match(named.stderr, /DATA_FOLDER_MISSING: .*nowhere$/m);
});

test("progress that nobody reads any more does not end a run", async (context) => {
  const { args } = await archive(context);
  const child = spawn(process.execPath, [join(root, "bin/forewarn.js"), "run", ...args, "--json"]);
  child.stderr.once("data", () => child.stderr.destroy());
  let result = "";
  child.stdout.on("data", (part) => {
    result += part;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 0, result);
  assert.equal(JSON.parse(result).status, "done");
});
