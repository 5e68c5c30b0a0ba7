/** Runs a pipeline on a public data set through the command, as a user would, and says clearly where the data are missing. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RunResult } from "../../../src/pipeline/run-result.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const data = resolve(process.env.PDM_DATA ?? join(root, "../shared/data"));

/** `false` where the data set is there, else why the test is skipped. */
export function unlessThere(dataSet: string): false | string {
  return existsSync(join(data, dataSet)) ? false : `no ${dataSet} in ${data}: set PDM_DATA to the folder that holds it`;
}

export async function runReal(context: TestContext, pipeline: string, set: Record<string, string>): Promise<RunResult> {
  // What was published can be kept, so that other tools' checks can go over it.
  const kept = process.env.FOREWARN_KEEP;
  const home = await mkdtemp(join(kept ?? tmpdir(), "forewarn-"));
  if (kept === undefined) context.after(() => rm(home, { recursive: true, force: true }));
  const places = ["registry", "runs", "cache"].flatMap((place) => [`--${place}`, join(home, place)]);
  const sets = Object.entries(set).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const command = ["bin/forewarn.js", "run", `pipelines/${pipeline}.ts`, "--json", "--quiet", ...places, ...sets];
  const options = { cwd: root, maxBuffer: 1 << 26, env: { ...process.env, PDM_DATA: data } };
  const { stdout } = await promisify(execFile)(process.execPath, command, options);
  return JSON.parse(stdout) as RunResult;
}
