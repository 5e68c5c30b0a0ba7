import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { cleanPlant, folderOf, plantFiles } from "../inspect/support/plant.ts";
import { type Ended, root } from "./support/forewarn.ts";

/** A folder such as `npm init -y` and `npm install forewarn` leave; undefined `installed` leaves the package out. */
async function home(context: TestContext, installed = true): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-init-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "package.json"), '{ "name": "home", "version": "1.0.0", "type": "commonjs" }\n');
  if (installed) {
    await mkdir(join(folder, "node_modules"));
    await symlink(root, join(folder, "node_modules", "forewarn"), "dir");
  }
  return folder;
}

function forewarnIn(folder: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const command = [join(root, "bin/forewarn.js"), ...args];
    execFile(process.execPath, command, { cwd: folder, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test("a new project runs at once, below a package that is CommonJS", async (context) => {
  const folder = await home(context);
  const made = await forewarnIn(folder, ["init", "my-fleet"]);
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /Next:\n {2}cd my-fleet\n {2}npx forewarn run fleet\.mts\n$/);
  const project = join(folder, "my-fleet");
  assert.deepEqual((await readdir(project)).sort(), [".gitignore", "README.md", "data", "fleet.mts"]);
  assert.deepEqual((await readdir(folder)).sort(), ["my-fleet", "node_modules", "package.json"]);
  const run = await forewarnIn(project, ["run", "fleet.mts", "--json", "--quiet"]);
  assert.equal(run.code, 0, run.stderr);
  const { status, published, metrics } = JSON.parse(run.stdout);
  assert.deepEqual([status, published.model], ["done", "my-fleet"]);
  assert.ok(metrics["gbdt"].averagePrecision > metrics["schedule"].averagePrecision);
  const check = await forewarnIn(project, ["data", "check", "fleet.mts"]);
  assert.equal(check.code, 0, check.stdout);
});

test("every word of the pipeline file is explained above it, and the page beside it has the commands", async (context) => {
  const folder = await home(context);
  await forewarnIn(folder, ["init", "my-fleet"]);
  const lines = (await readFile(join(folder, "my-fleet/fleet.mts"), "utf8")).split("\n");
  const words = lines.flatMap((line, i) => (/^ {2}[a-z]+: /i.test(line) ? [{ line, above: lines[i - 1].trim() }] : []));
  assert.ok(words.length >= 10);
  for (const { line, above } of words) {
    // `events` and `reference` open with the remarks of what is in them.
    if (/^ {2}reference:/.test(line)) continue;
    assert.match(above, /^\/\//, line);
  }
  assert.ok(lines.every((line) => line.length <= 120));
  const page = await readFile(join(folder, "my-fleet/README.md"), "utf8");
  assert.ok(page.trim().split("\n").length <= 10);
  assert.match(page, /npx forewarn run fleet\.mts/);
});

test("a project for a folder of files points at them and copies nothing", async (context) => {
  const folder = await home(context);
  const files = plantFiles(cleanPlant());
  await mkdir(join(folder, "archive"));
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, "archive", path), text);
  const made = await forewarnIn(folder, ["init", "pumps", "--data", "archive"]);
  assert.equal(made.code, 0, made.stderr);
  const text = await readFile(join(folder, "pumps/fleet.mts"), "utf8");
  assert.match(text, /\n {2}data: "\.\.\/archive",\n/);
  assert.deepEqual((await readdir(join(folder, "pumps"))).sort(), [".gitignore", "README.md", "fleet.mts"]);
  const plan = await forewarnIn(join(folder, "pumps"), ["plan", "fleet.mts", "--json"]);
  assert.equal(plan.code, 0, plan.stderr);
});

test("a folder that holds files is left as it is", async (context) => {
  const folder = await home(context);
  await mkdir(join(folder, "mine"));
  await writeFile(join(folder, "mine/fleet.mts"), "mine");
  const { code, stderr } = await forewarnIn(folder, ["init", "mine"]);
  assert.equal(code, 2);
  assert.match(stderr, /USAGE_FOLDER_NOT_EMPTY: .*found fleet\.mts/);
  assert.deepEqual(await readdir(join(folder, "mine")), ["fleet.mts"]);
  assert.equal(await readFile(join(folder, "mine/fleet.mts"), "utf8"), "mine");
  assert.equal((await forewarnIn(folder, ["init", "."])).code, 2);
});

test("where the data cannot be described, nothing is left behind", async (context) => {
  const folder = await home(context);
  const data = await folderOf(context, { "notes.csv": "a,b\n1,2\n" });
  const { code, stderr } = await forewarnIn(folder, ["init", "fleet", "--data", data]);
  assert.equal(code, 3);
  assert.match(stderr, /DATA_NO_TELEMETRY/);
  assert.deepEqual((await readdir(folder)).sort(), ["node_modules", "package.json"]);
});

test("where the project could not import forewarn, it says how to install it there", async (context) => {
  const folder = await home(context, false);
  const { code, stdout } = await forewarnIn(folder, ["init", "fleet", "--json"]);
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).installFrom, root.replace(/\/$/, ""));
  const text = await forewarnIn(folder, ["init", "fleet-2"]);
  assert.match(text.stdout, /forewarn is not installed where this project could import it/);
  assert.match(text.stdout, /Next:\n {2}cd fleet-2\n {2}npm install \S+\n {2}npx forewarn run fleet\.mts\n$/);
});

test("the same seed makes the same project", async (context) => {
  const folder = await home(context);
  await forewarnIn(folder, ["init", "a/fleet", "--seed", "7"]);
  await forewarnIn(folder, ["init", "b/fleet", "--seed", "7"]);
  for (const path of ["fleet.mts", "data/failures.csv", "data/telemetry/2025-01.parquet"]) {
    assert.deepEqual(
      await readFile(join(folder, "a/fleet", path)),
      await readFile(join(folder, "b/fleet", path)),
      path,
    );
  }
});
