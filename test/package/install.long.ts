import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { npm, packedProject } from "./support/packed-project.ts";

const run = promisify(execFile);

test("npm install into an empty project gives a command that starts a fleet, runs its pipeline and scores it", async () => {
  await using project = await packedProject();
  const empty = join(project.folder, "empty");
  await mkdir(empty);
  // What onnxruntime-node would download are GPU libraries.
  process.env.ONNXRUNTIME_NODE_INSTALL = "skip";
  await npm(["init", "-y"], empty);
  await npm(["install", project.tarball], empty);
  const forewarn = async (folder: string, ...args: string[]) => {
    const { stdout } = await run("npx", ["--no-install", "forewarn", ...args], { cwd: folder });
    return stdout;
  };
  assert.equal(await forewarn(empty, "--version"), `${project.manifest.version}\n`);
  assert.match(await forewarn(empty, "--help"), /forewarn run <pipeline>/);

  await forewarn(empty, "init", "my-fleet");
  const fleet = join(empty, "my-fleet");
  const pipeline = (await readdir(fleet)).find((name) => /^fleet\.m?ts$/.test(name)) ?? "";
  const trained = JSON.parse(await forewarn(fleet, "run", pipeline, "--json")) as { published: { version: number } };
  assert.equal(trained.published.version, 1);
  const latest = ["score", "--model", "my-fleet@candidate", "--data", "data", "--json"];
  const scored = JSON.parse(await forewarn(fleet, ...latest)) as { rows: number };
  assert.ok(scored.rows > 0);
});
