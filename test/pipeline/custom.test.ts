/** A feature of the user's own from a pipeline file to the predictions of a registered version. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadPipeline } from "../../src/pipeline/load-pipeline.ts";
import { runPipeline } from "../../src/pipeline/run.ts";
import { scoreFiles } from "../../src/pipeline/score-files.ts";
import { simulateFleet } from "../../src/simulate/simulate-fleet.ts";
import { writeFleet } from "../../src/simulate/write-fleet.ts";
import { smallSimulation } from "./support/small-fleet.ts";

const folder = mkdtempSync(join(tmpdir(), "forewarn-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const forewarn = new URL("../../src/index.ts", import.meta.url).href;

const pipelineText = `
import { byTime, csv, custom, definePipeline, failsWithin, gbdt, notWorseThan, parquet, rolling } from "${forewarn}";
const event = { machine: "machine", time: "time" };
export default definePipeline({ gate: false }, ({ gate }) => ({
  name: "own",
  telemetry: parquet("telemetry", { ...event, sensors: ["vibration", "temperature"] }),
  events: {
    maintenance: csv("maintenance.csv", { ...event, kind: "component" }),
    failures: csv("failures.csv", { ...event, kind: "component" }),
  },
  every: "12h",
  features: [
    custom("swing", { over: ["1d", "3d"], reads: "vibration", module: "./features/swing.ts", export: "swing" }),
    rolling("temperature", { over: "1d", stats: "mean" }),
  ],
  label: failsWithin("2d", { of: "failures" }),
  split: byTime("2025-03-10"),
  learners: [gbdt({ trees: 6, leaves: 4 })],
  evaluate: { resamples: 50 },
  innerFolds: 2,
  publish: { alias: "candidate", ...(gate && { when: [notWorseThan("candidate", { insufficient: "pass" })] }) },
}));
`;
const swingText = `
import { squared } from "./math.ts";
import type { CustomWindow } from "${forewarn}";
/** The largest step between readings. */
export function swing({ windows: { vibration } }: CustomWindow): number {
  const { values } = vibration;
  return values.reduce((largest, value, i) => (i === 0 ? largest : Math.max(largest, squared(value - values[i - 1]))), 0);
}
`;

const data = join(folder, "data");
const registry = join(folder, "registry");
const file = join(folder, "pipeline.mts");
await writeFleet(data, simulateFleet(smallSimulation));
writeFileSync(file, pipelineText);
writeModule("swing.ts", swingText);
writeModule("math.ts", "export const squared = (value: number): number => value * value;\n");

function writeModule(name: string, text: string): void {
  mkdirSync(join(folder, "features"), { recursive: true });
  writeFileSync(join(folder, "features", name), text);
}

async function run(set: Record<string, string> = {}, options: { threads?: number; allowCustom?: boolean } = {}) {
  const places = { data, registry, runs: join(folder, "runs"), cache: join(folder, `cache-${options.threads ?? 1}`) };
  return await runPipeline(await loadPipeline(file, { set, places, workingFolder: folder }), options);
}

const score = (allowCustom?: boolean) =>
  scoreFiles({ model: "own", data, registry, out: join(folder, "predictions.parquet"), at: "all", allowCustom });

test("a registered version carries the code of its features and runs it only where that is allowed", async () => {
  const { published } = await run();
  const version = join(registry, "own", String(published?.version));
  const stored = readFileSync(join(version, "featurizer.json"), "utf8");
  assert.ok(
    stored.includes("The largest step between readings") && stored.includes("value * value"),
    "the texts stand in it",
  );
  assert.ok(!stored.includes(folder));
  await assert.rejects(score(), { code: "MODEL_CUSTOM_REFUSED", message: /custom\("swing"\), swing\.ts, SHA-256/ });
  // Nothing but the version is needed: the files may be gone.
  rmSync(join(folder, "features"), { recursive: true });
  const { statuses } = await score(true);
  assert.ok((statuses.scored ?? 0) > 0);
  writeModule("swing.ts", swingText);
  writeModule("math.ts", "export const squared = (value: number): number => value * value;\n");
});

test("two threads publish the very same version", async () => {
  const { published } = await run({}, { threads: 2 });
  assert.equal(published?.version, 1);
});

test("other code gives another version; to compare with the old one its code has to be allowed", async () => {
  const same = await run({ gate: "true" });
  assert.equal(same.gates[0].passed, true, "the same code runs as its own");
  writeModule("math.ts", "export const squared = (value: number): number => value * value * value;\n");
  await assert.rejects(run({ gate: "true" }), { code: "MODEL_CUSTOM_REFUSED" });
  const { published, gates } = await run({ gate: "true" }, { allowCustom: true });
  assert.equal(gates.length, 1);
  assert.equal(published?.version, (same.published?.version ?? 0) + 1);
});

test("a module that cannot be read is told of when the pipeline is loaded", async () => {
  rmSync(join(folder, "features", "math.ts"));
  await assert.rejects(run(), { code: "PIPELINE_CUSTOM_MODULE", message: /math\.ts.*custom\("swing"\)/ });
});
