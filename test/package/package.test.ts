import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runNode } from "./support/ended.ts";
import { type PackedProject, packedProject, root, writeProject } from "./support/packed-project.ts";
import { simulatedFleet, smallPipeline } from "./support/small-pipeline.ts";

const command = "node_modules/forewarn/bin/forewarn.js";
let project: PackedProject;

before(async () => {
  project = await packedProject();
});
after(() => project?.[Symbol.asyncDispose]());

test("the package holds what src compiles to, the command, the kernels and four pages, and nothing else", async () => {
  const sources = await readdir(join(root, "src"), { recursive: true });
  const modules = sources
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts") && !path.startsWith("kernels/assembly/"))
    .map((path) => `dist/${path.slice(0, -3)}`);
  const expected = [
    ...modules.flatMap((module) => [`${module}.d.ts`, `${module}.js`]),
    "dist/kernels/build/kernels.wasm",
    "bin/forewarn.js",
    "bin/package.json",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "package.json",
  ];
  const missing = expected.filter((path) => !project.files.includes(path));
  const surplus = project.files.filter((path) => !expected.includes(path));
  assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] });
});

test("the package is small and its code points to no source map that is not there", async () => {
  const { size } = await stat(project.tarball);
  assert.ok(size < 1_000_000, `${size} bytes`);
  for (const path of project.files.filter((path) => path.endsWith(".js"))) {
    const text = await readFile(join(project.folder, "node_modules/forewarn", path), "utf8");
    assert.doesNotMatch(text, /sourceMappingURL/, path);
  }
});

test("publint and attw find nothing wrong", async () => {
  const { tarball } = project;
  const publint = await runNode([join(root, "node_modules/publint/src/cli.js"), "run", tarball, "--strict"], root);
  assert.equal(publint.code, 0, publint.stdout);
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  const types = await runNode([attw, tarball, "--profile", "esm-only", "--no-color"], root);
  assert.equal(types.code, 0, types.stdout);
});

test("strict TypeScript imports every public entry point with types and at run time", async () => {
  const { folder, manifest } = project;
  const entries = Object.keys(manifest.exports).flatMap((path) =>
    path.endsWith(".json") ? [] : [`forewarn${path.slice(1)}`],
  );
  assert.ok(entries.length >= 10, entries.join(", "));
  const all = [
    ...entries.map((entry, i) => `import * as entry${i} from "${entry}";`),
    'import { averagePrecision } from "forewarn/evaluation";',
    "// @ts-expect-error: the types are there and strict",
    "const precision: string = averagePrecision(new Uint8Array([1, 0]), new Float64Array([2, 1]));",
    "console.log(JSON.stringify([precision, ...[",
    ...entries.map((_, i) => `  entry${i},`),
    "].map((entry) => Object.keys(entry).length)]));",
  ];
  await writeProject(folder, "module", { "all.ts": all.join("\n"), "presses.ts": smallPipeline });
  const options = [
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2024",
    "--lib",
    "es2024",
    "--types",
    "node",
    "--noEmit",
  ];
  const compiler = join(root, "node_modules/typescript/lib/tsc.js");
  const checked = await runNode([compiler, ...options, "--skipLibCheck", "false", "all.ts", "presses.ts"], folder);
  const ours = checked.stdout.split("\n").filter((line) => /^(all|presses)\.ts|node_modules\/forewarn\//.test(line));
  assert.deepEqual(ours, []);
  const { code, stdout, stderr } = await runNode(["all.ts"], folder);
  assert.equal(code, 0, stderr);
  const [precision, ...names] = JSON.parse(stdout) as number[];
  assert.equal(precision, 1);
  assert.ok(names.every((count) => count > 0));
});

test("in a commonjs project the command simulates a fleet and runs an .mts pipeline on it", async () => {
  const { folder, manifest } = project;
  await writeProject(folder, "commonjs", { "presses.mts": smallPipeline });
  const simulated = await runNode([command, ...simulatedFleet], folder);
  assert.equal(simulated.code, 0, simulated.stderr);
  const { code, stdout, stderr } = await runNode([command, "run", "presses.mts", "--json"], folder);
  assert.equal(code, 0, stderr);
  const { run, published } = JSON.parse(stdout) as { run: string; published: { version: number } };
  assert.equal(published.version, 1);
  const lineage = JSON.parse(await readFile(join(folder, "runs", run, "manifest.json"), "utf8"));
  assert.equal(lineage.version, manifest.version);
});

test("in a commonjs project a .ts pipeline is refused with the cause and the way out", async () => {
  const { folder } = project;
  await writeProject(folder, "commonjs", { "presses.ts": smallPipeline });
  const { code, stderr } = await runNode([command, "run", "presses.ts"], folder);
  assert.equal(code, 2);
  assert.match(stderr, /^PIPELINE_FILE_BROKEN: /m);
  assert.match(stderr, /"type": "commonjs": name the file \.mts/);
});

test("the command says its version", async () => {
  const { code, stdout } = await runNode([command, "--version"], project.folder);
  assert.deepEqual([code, stdout], [0, `${project.manifest.version}\n`]);
});
