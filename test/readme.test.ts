import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RunResult } from "../src/pipeline/run-result.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const node = promisify(execFile);

/** The README's TypeScript blocks: the pipeline, then the library calls. */
async function blocks(): Promise<string[]> {
  const text = await readFile(join(root, "README.md"), "utf8");
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]);
}

/** Writes a block where `forewarn` means this package. */
async function writeBlock(name: string, text: string): Promise<string> {
  const folder = join(root, "build", "readme");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test("the README's pipeline runs as written, and its model scores", async (context) => {
  const home = await mkdtemp(join(tmpdir(), "forewarn-"));
  context.after(() => rm(home, { recursive: true, force: true }));
  const [pipeline] = await blocks();
  const file = await writeBlock("pipeline.ts", pipeline);
  const places = ["registry", "runs", "cache"].flatMap((place) => [`--${place}`, join(home, place)]);
  const data = ["--data", "data/sample"];
  const { stdout, stderr } = await node(
    process.execPath,
    ["bin/forewarn.js", "run", file, "--json", ...data, ...places],
    { cwd: root },
  );
  const result = JSON.parse(stdout) as RunResult;
  assert.deepEqual(Object.keys(result), [
    "run",
    "status",
    "stages",
    "rows",
    "sources",
    "report",
    "published",
    "gates",
    "metrics",
  ]);
  assert.equal(result.status, "done");
  assert.match(stderr, /train gbdt: \d+\.\d s/);
  const out = join(home, "predictions.parquet");
  const scored = await node(
    process.execPath,
    [
      "bin/forewarn.js",
      "score",
      "--model",
      "presses@candidate",
      "--registry",
      join(home, "registry"),
      "--out",
      out,
      "--json",
      ...data,
    ],
    { cwd: root },
  );
  assert.equal(JSON.parse(scored.stdout).rows, 32);
});

test("the README's library calls run as written", async () => {
  const [, calls] = await blocks();
  const file = await writeBlock(
    "calls.ts",
    `${calls}\nconsole.log(matrix.rows, matrix.names.join(), labels.state.length, sources.length);\n`,
  );
  const { stdout } = await node(process.execPath, [file], { cwd: root });
  const [rows, names, labelled] = stdout.trim().split(" ");
  assert.equal(names, "vibration_mean_1d,vibration_max_1d");
  assert.equal(rows, labelled);
  assert.ok(Number(rows) > 30_000);
});
