/** The main job: from an archive to a report and a registered model. Finished stages are picked up, publishing is idempotent. */
import { hostname } from "node:os";
import { canonicalJson, hashJson } from "../core/json.ts";
import { codeVersion } from "../core/version.ts";
import { applyFeaturizer } from "../features/apply.ts";
import { featurizerHash } from "../features/featurizer.ts";
import { openRegistry } from "../registry/registry.ts";
import { openStore } from "../stores/open-store.ts";
import { recordedInputs } from "./input-hashes.ts";
import { keptMatrixBytes } from "./kept-matrix.ts";
import { type LearnStages, learnStages } from "./learn-stages.ts";
import type { LoadedPipeline } from "./load-pipeline.ts";
import { publishRun, runGates } from "./publish-run.ts";
import { recordStages } from "./record-stages.ts";
import { reportData } from "./report-data.ts";
import { rowTotals } from "./row-totals.ts";
import { createRunFolder, type RunFolder } from "./run-folder.ts";
import type { RunResult, StageResult } from "./run-result.ts";
import { type DataStages, dataStages, settingsText } from "./run-stages.ts";
import { runVersion } from "./run-version.ts";
import { rowsOf } from "./source-rows.ts";
import { endIfInterrupted, type StageContext, type StageWatcher } from "./stage.ts";
import { stageCache } from "./stage-cache.ts";
import { openPart } from "./stored-part.ts";

export interface RunOptions {
  /** Worker threads; the results never depend on it. Default: 1. */
  threads?: number;
  /** Aborting it ends the run with INTERRUPTED_RUN; finished stages are kept. */
  signal?: AbortSignal;
  /** Told of each stage as it begins, goes on and ends. */
  watcher?: StageWatcher;
  /** Writes the published model's columns and the labels of all rows to `matrix.parquet` in the run folder. Default: false. */
  keepMatrix?: boolean;
  /** Run also other code of custom features than the pipeline's own, which the version that an alias points to may carry. Default: false. */
  allowCustom?: boolean;
  /** Told the run's id once its folder exists. */
  onStart?: (run: string) => void;
  /** The clock, for the run's id, its log and the registry's claims. Default: the system's. */
  now?: () => Date;
}

/** @throws whatever a stage throws; the run folder's log then says where. */
export async function runPipeline(pipeline: LoadedPipeline, run: RunOptions = {}): Promise<RunResult> {
  const { options, places, environment, overrides } = pipeline;
  const { version, code } = codeVersion();
  const { threads = 1, now = () => new Date() } = run;
  const stages: StageResult[] = [];
  const watcher: StageWatcher = run.watcher ?? { started() {}, progressed() {}, ended() {} };
  const context: StageContext = { cache: stageCache(places.cache), watcher, code, now, signal: run.signal };
  const data = await dataStages(context, pipeline, threads);
  const learn = learnStages(context, pipeline, data, threads);
  const settings = settingsText(pipeline);
  const plan = hashJson({ settings, source: pipeline.source, code, version, inputs: data.inputs });
  const folder = await createRunFolder(places.runs, plan, now);
  run.onStart?.(folder.id);
  context.watcher = recordStages(folder, stages, now, run.watcher);
  const identity = { pipeline: options.name, plan, version, environment: environment ?? null, set: overrides };
  folder.log({ event: "run started", run: folder.id, ...identity });
  try {
    const result = await finish({ pipeline, run, now, context, data, learn, plan, version, threads, folder }, stages);
    const inputs = { ...identity, seed: options.seed ?? 0, host: hostname(), inputs: recordedInputs(data.files) };
    const results = Object.fromEntries(allStages(data, learn).map(({ name, file }) => [name, file]));
    const { sources } = await data.load.get();
    const manifest = { ...inputs, results, ...result, sources, finishedAt: now().toISOString() };
    await folder.write("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
    folder.log({ event: "run ended", status: result.status });
    await folder.flush();
    return result;
  } catch (error) {
    folder.log({ event: "run failed", error: error instanceof Error ? error.message : String(error) });
    // A log that cannot be written must not hide what went wrong first.
    await folder.flush().catch(() => undefined);
    throw error;
  }
}

interface Work {
  pipeline: LoadedPipeline;
  run: Pick<RunOptions, "keepMatrix" | "allowCustom">;
  now: () => Date;
  context: StageContext;
  data: DataStages;
  learn: LearnStages;
  plan: string;
  version: string;
  threads: number;
  folder: RunFolder;
}

async function finish(work: Work, stages: readonly StageResult[]): Promise<RunResult> {
  const { pipeline, run, now, context, data, learn, plan, version: packageVersion, threads, folder } = work;
  const { options, places } = pipeline;
  const registryStore = await openStore(places.registry);
  // One that cannot be reached is told of before hours of training.
  if (options.publish !== undefined) await registryStore.list(options.name);
  await data.load.ensure();
  const loaded = await data.load.get();
  if (loaded.quarantine !== undefined) await folder.write("quarantine.parquet", loaded.quarantine.parquet);
  for (const stage of allStages(data, learn)) await stage.ensure();
  const { labels } = await data.label.get();
  const trained = await Promise.all(learn.train.map((stage) => stage.get()));
  const evaluated = await learn.evaluate.get();
  const part = await learn.refit.get();
  const rows = rowTotals(loaded, labels, await learn.folds());

  const registry = openRegistry(registryStore);
  const gates = await runGates({ options, data, learn, registry, threads, allowCustom: run.allowCustom });
  const passed = gates.every((gate) => gate.passed);
  const told = { options, data: loaded, labels, trained, evaluated, rows, gates, planId: plan, packageVersion };
  endIfInterrupted(context, "report");
  // A pipeline file imports the words of the whole package; only a run pays for what draws the report.
  const { renderReport } = await import("../report/render-report.ts");
  const report = renderReport(reportData(told));
  await folder.write("report.html", report);
  if (run.keepMatrix && part !== null) {
    const { featurizer } = openPart(part);
    const { cutoffs, matrix: raw } = await data.featurize.get();
    const matrix = applyFeaturizer(featurizer, raw);
    const made = { time: loaded.fleet.time, cutoffs, matrix, labels, featurizer: featurizerHash(featurizer) };
    await folder.write("matrix.parquet", keptMatrixBytes(made));
  }
  if (part?.selection !== undefined) await folder.write("selection.json", `${canonicalJson(part.selection, 2)}\n`);
  let published: RunResult["published"] = null;
  if (options.publish !== undefined && part !== null && passed) {
    const version = runVersion({ options, part, evaluated, report, packageVersion });
    const whence = { run: folder.id, now: now() };
    published = await publishRun({ context, options, data, learn, registry, part, version, ...whence });
  }
  return {
    run: folder.id,
    status: options.publish !== undefined && published === null ? "refused" : "done",
    stages,
    rows,
    sources: loaded.sources.map(rowsOf),
    report: `${folder.path}/report.html`,
    published,
    gates,
    metrics: Object.fromEntries(evaluated.learners.map(({ metrics }) => [metrics.learner, metrics])),
  };
}

/** In the order in which they run. */
function allStages(data: DataStages, learn: LearnStages) {
  return [data.load, data.featurize, data.label, ...learn.train, learn.evaluate, learn.refit];
}
