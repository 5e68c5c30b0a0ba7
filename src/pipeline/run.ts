/** The main job: from an archive to a report and a registered model. Finished stages are picked up, publishing is idempotent. */
import { hostname, userInfo } from "node:os";
import { hashJson } from "../core/json.ts";
import { takeRows } from "../core/matrix.ts";
import { codeVersion } from "../core/version.ts";
import { checkParity } from "../export/onnx/parity.ts";
import { applyFeaturizer } from "../features/apply.ts";
import { CENSORED, type Labels } from "../labels/labels.ts";
import { type GateVerdict, judgeGates } from "../registry/judge-gates.ts";
import { openRegistry, type Registry } from "../registry/registry.ts";
import { renderReport } from "../report/render-report.ts";
import type { Fold } from "../splits/fold.ts";
import { folderStore } from "../stores/folder.ts";
import { compareWithAlias } from "./compare-alias.ts";
import { type LearnStages, learnStages } from "./learn-stages.ts";
import type { LoadedPipeline } from "./load-pipeline.ts";
import { reportData } from "./report-data.ts";
import { createRunFolder, type RunFolder } from "./run-folder.ts";
import type { PublishedModel, RowTotals, RunResult, StageResult } from "./run-result.ts";
import { type DataStages, dataStages, type LoadedData, settingsText } from "./run-stages.ts";
import { defineStage, type StageContext, type StageWatcher } from "./stage.ts";
import { stageCache } from "./stage-cache.ts";
import { openPart } from "./stored-part.ts";
import { type VersionFiles, versionFiles } from "./version-files.ts";

export interface RunOptions {
  /** Worker threads; the results never depend on it. Default: 1. */
  threads?: number;
  /** Aborting it ends the run with INTERRUPTED_RUN; finished stages are kept. */
  signal?: AbortSignal;
  /** Told of each stage as it begins, goes on and ends. */
  watcher?: StageWatcher;
  /** Told the run's id once its folder exists. */
  onStart?: (run: string) => void;
  /** The clock, for the run's id, its log and the registry's claims. */
  now: () => Date;
}

/** @throws whatever a stage throws; the run folder's log then says where. */
export async function runPipeline(pipeline: LoadedPipeline, run: RunOptions): Promise<RunResult> {
  const { version, code } = codeVersion();
  const threads = run.threads ?? 1;
  const stages: StageResult[] = [];
  const context: StageContext = {
    cache: stageCache(pipeline.places.cache),
    watcher: { started() {}, progressed() {}, ended() {} },
    code,
    signal: run.signal,
  };
  const data = await dataStages(context, pipeline, threads);
  const learn = learnStages(context, pipeline, data, threads);
  const planId = hashJson({
    settings: settingsText(pipeline),
    source: pipeline.source,
    code,
    version,
    inputs: data.inputs,
  });
  const folder = await createRunFolder(pipeline.places.runs, planId, run.now);
  run.onStart?.(folder.id);
  context.watcher = recordStages(run, folder, stages);
  folder.log({
    event: "run started",
    run: folder.id,
    pipeline: pipeline.options.name,
    plan: planId,
    version,
    environment: pipeline.environment,
    set: pipeline.overrides,
  });
  try {
    const work = { pipeline, run, context, data, learn, planId, version, threads, folder };
    const result = await finish(work, stages);
    folder.log({ event: "run ended", status: result.status });
    return result;
  } catch (error) {
    folder.log({ event: "run failed", error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

interface Work {
  pipeline: LoadedPipeline;
  run: RunOptions;
  context: StageContext;
  data: DataStages;
  learn: LearnStages;
  planId: string;
  version: string;
  threads: number;
  folder: RunFolder;
}

async function finish(work: Work, stages: StageResult[]): Promise<RunResult> {
  const { pipeline, run, context, data, learn, planId, version, folder } = work;
  const { options, places } = pipeline;
  for (const stage of [data.load, data.featurize, data.label, ...learn.train, learn.evaluate, learn.refit])
    await stage.ensure();
  const [loaded, { labels }, evaluated, part] = [
    await data.load.get(),
    await data.label.get(),
    await learn.evaluate.get(),
    await learn.refit.get(),
  ];
  const trained = await Promise.all(learn.train.map((stage) => stage.get()));
  const folds = await learn.folds();
  const rows = rowTotals(loaded, labels, folds);
  const registry = openRegistry(folderStore(places.registry));
  const gates = await gateVerdicts(work, registry);
  const report = renderReport(
    reportData({ options, data: loaded, labels, trained, evaluated, rows, gates, planId, packageVersion: version }),
  );
  await folder.write("report.html", report);
  const publishes = options.publish !== undefined && part !== null && gates.every((gate) => gate.passed);
  let published: PublishedModel | null = null;
  if (publishes) {
    const version_ = versionFiles({ options, part, evaluated, report, packageVersion: version });
    const parity = defineStage(context, {
      name: "export",
      dependsOn: { refit: learn.refit.key, name: options.name },
      compute: () => exportParity(work, version_, folds),
    });
    await parity.ensure();
    context.watcher.started("publish");
    published = await publish(work, registry, version_);
    context.watcher.ended("publish", "done");
  }
  const result: RunResult = {
    run: folder.id,
    status: gates.every((gate) => gate.passed) ? "done" : "refused",
    stages,
    rows,
    report: `${folder.path}/report.html`,
    published,
    gates,
    metrics: Object.fromEntries(evaluated.learners.map(({ metrics }) => [metrics.learner, metrics])),
  };
  await folder.write(
    "manifest.json",
    `${JSON.stringify({ ...manifest(work), ...result, finishedAt: run.now().toISOString() }, null, 2)}\n`,
  );
  return result;
}

function manifest({ pipeline, data, learn, planId, version }: Work) {
  return {
    pipeline: pipeline.options.name,
    plan: planId,
    version,
    seed: pipeline.options.seed ?? 0,
    environment: pipeline.environment ?? null,
    set: pipeline.overrides,
    host: hostname(),
    inputs: data.inputs,
    results: Object.fromEntries(
      [data.load, data.featurize, data.label, ...learn.train, learn.evaluate, learn.refit].map((stage) => [
        stage.name,
        stage.file,
      ]),
    ),
  };
}

function recordStages(run: RunOptions, folder: RunFolder, stages: StageResult[]): StageWatcher {
  let startedAt = run.now().getTime();
  return {
    started(stage) {
      startedAt = run.now().getTime();
      folder.log({ event: "stage started", stage });
      run.watcher?.started(stage);
    },
    progressed: (stage, share) => run.watcher?.progressed(stage, share),
    ended(stage, status) {
      const seconds = status === "reused" ? 0 : (run.now().getTime() - startedAt) / 1000;
      stages.push({ name: stage, status, seconds });
      folder.log({ event: "stage ended", stage, status, seconds });
      run.watcher?.ended(stage, status);
    },
  };
}

function rowTotals({ sources }: LoadedData, labels: Labels, folds: readonly Fold[]): RowTotals {
  const used = folds.filter((fold) => fold.skipped === undefined);
  const union = (pick: (fold: Fold) => Uint32Array) => new Set(used.flatMap((fold) => [...pick(fold)])).size;
  const total = (pick: (source: LoadedData["sources"][number]) => number) =>
    sources.reduce((sum, source) => sum + pick(source), 0);
  return {
    read: total(({ read }) => read),
    used: total((source) => source.used),
    quarantined: total((source) => source.read - source.used),
    censored: labels.state.reduce((count, state) => count + (state === CENSORED ? 1 : 0), 0),
    trained: union((fold) => fold.train),
    evaluated: union((fold) => fold.evaluate),
  };
}

async function gateVerdicts(work: Work, registry: Registry): Promise<GateVerdict[]> {
  const { pipeline, data, learn, threads } = work;
  const { options } = pipeline;
  const { learners, best } = await learn.evaluate.get();
  const at = learners.findIndex(({ metrics }) => metrics.learner === best);
  if (options.publish === undefined || at === -1) return [];
  const [loaded, { history }, candidate] = [await data.load.get(), await data.label.get(), await learn.train[at].get()];
  return judgeGates(options.publish.when ?? [], {
    metrics: learners[at].metrics,
    compare: (alias) => compareWithAlias(alias, { registry, options, data: loaded, history, candidate, threads }),
  });
}

/** The parity gate over every evaluation row. */
async function exportParity({ data, learn }: Work, { files }: VersionFiles, folds: readonly Fold[]) {
  const part = await learn.refit.get();
  const onnx = files.get("model.onnx");
  if (part === null || onnx === undefined) return null;
  const { featurizer, model } = openPart(part);
  const { matrix } = await data.featurize.get();
  const evaluated = Uint32Array.from(
    new Set(folds.filter((fold) => fold.skipped === undefined).flatMap((fold) => [...fold.evaluate])),
  ).sort();
  return checkParity(model, onnx, takeRows(applyFeaturizer(featurizer, matrix), evaluated));
}

async function publish(
  { pipeline, run, folder }: Work,
  registry: Registry,
  { files, scorer }: VersionFiles,
): Promise<PublishedModel> {
  const { name, publish: options } = pipeline.options;
  const who = userInfo().username;
  const { version, path } = await registry.publish({
    model: name,
    files,
    manifest: { scorer },
    now: run.now(),
    who,
    run: folder.id,
  });
  const alias = options?.alias;
  if (alias !== undefined) {
    await registry.moveAlias({
      model: name,
      alias,
      to: version,
      now: run.now(),
      who,
      why: `published by run ${folder.id}`,
    });
  }
  return { model: name, version, path, aliases: alias === undefined ? [] : [alias] };
}
