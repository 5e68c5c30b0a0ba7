import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { loadedModules } from "./support/loaded-modules.ts";
import { type PackedProject, packedProject, root, writeProject } from "./support/packed-project.ts";
import { simulatedFleet, smallPipeline } from "./support/small-pipeline.ts";

const command = "node_modules/forewarn/bin/forewarn.js";
let project: PackedProject;

before(async () => {
  project = await packedProject();
  await writeProject(project.folder, "module", { "presses.ts": smallPipeline });
});
after(() => project?.[Symbol.asyncDispose]());

test("help and version load the files of the command line and what yargs needs", async () => {
  const allowed = await withDependencies("yargs", root);
  const { stdout: overview } = await loadedModules([command, "--help"], project.folder);
  const commands = [...overview.matchAll(/^ +forewarn ([a-z]+)/gm)].map(([, name]) => name);
  assert.ok(commands.length >= 5, overview);
  for (const args of [["--help"], ["--version"], [], ...commands.map((name) => [name, "--help"])]) {
    const { packages, own } = await loadedModules([command, ...args], project.folder);
    assert.ok(packages.includes("yargs"), args.join(" "));
    assert.deepEqual(
      packages.filter((name) => !allowed.has(name)),
      [],
      args.join(" "),
    );
    assert.deepEqual(
      own.filter((path) => !/^(bin|dist\/cli)\//.test(path) && !lightCore.includes(path)),
      [],
      args.join(" "),
    );
  }
});

/** What the definitions of the commands import: errors and the version. */
const lightCore = ["errors", "plain-text", "package-version"].map((name) => `dist/core/${name}.js`);

test("metrics over predictions load no package at all", async () => {
  const { code, packages, own } = await loadedModules(importing("forewarn/evaluation"), project.folder);
  assert.equal(code, 0);
  assert.ok(own.includes("dist/evaluation/index.js"));
  assert.deepEqual(packages, []);
});

test("loading a folder, running a pipeline and reading a registry folder load no Azure package", async () => {
  const { folder } = project;
  const steps = [
    [command, ...simulatedFleet],
    importing("forewarn/archive", loadText),
    [command, "run", "presses.ts", "--threads", "2"],
    [command, "score", "--model", "presses@candidate", "--data", "fleet"],
    [command, "registry", "list"],
  ];
  const loaded = [];
  for (const step of steps) loaded.push(await loadedModules(step, folder));
  for (const [i, { code, stderr, packages }] of loaded.entries()) {
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      packages.filter((name) => name.startsWith("@azure/")),
      [],
      steps[i].join(" "),
    );
  }
  const [simulation, archive, run, , registry] = loaded.map(({ packages }) => packages);
  assert.ok(archive.includes("@duckdb/node-api"));
  assert.ok(run.includes("@observablehq/plot") && run.includes("onnxruntime-node"));
  for (const light of [simulation, registry]) {
    assert.deepEqual(
      light.filter((name) => /duckdb|arrow|onnx|plot|linkedom|protobuf/.test(name)),
      [],
    );
  }
});

const loadText = `
const telemetry = [forewarn.parquet("telemetry", { machine: "machine", time: "time", sensors: ["vibration"] })];
await forewarn.loadFleet({ time: "timestamp", telemetry }, { folder: "fleet" });
`;

function importing(entry: string, text = ""): string[] {
  return ["--input-type=module", "--eval", `import * as forewarn from "${entry}";\n${text}`];
}

/** The names of a package and of all it needs, as their package.json files say. */
async function withDependencies(name: string, from: string, found = new Map<string, string>()): Promise<Set<string>> {
  const folder = folderOf(name, from);
  if (found.has(folder)) return new Set(found.values());
  found.set(folder, name);
  const { dependencies = {} } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  for (const dependency of Object.keys(dependencies)) await withDependencies(dependency, folder, found);
  return new Set(found.values());
}

/** Where Node finds a package from a folder: in the nearest node_modules that has it. */
function folderOf(name: string, from: string): string {
  const folder = join(from, "node_modules", name);
  return existsSync(folder) || from === dirname(from) ? folder : folderOf(name, dirname(from));
}
