/** The leak check of a pipeline: its own stages, on its own data. */
import { codeVersion } from "../core/version.ts";
import type { LoadedPipeline } from "../pipeline/load-pipeline.ts";
import { dataStages } from "../pipeline/run-stages.ts";
import { stageCache } from "../pipeline/stage-cache.ts";
import { checkLeaks, type LeakCheckOptions } from "./check-leaks.ts";
import type { LeakReport } from "./leak.ts";
import { pipelineSubject } from "./pipeline-subject.ts";

export interface PipelineCheckOptions extends LeakCheckOptions {
  /** Worker threads of the fits; the result never depends on it. Default: 1. */
  threads?: number;
  /** The clock that times in the archive are held against, as a run's are. Default: the system's. */
  now?: () => Date;
}

/** Loads as `run` does (finished stages are picked up), then checks. @throws as `loadFleet` and `checkLeaks` do */
export async function checkPipeline(pipeline: LoadedPipeline, options: PipelineCheckOptions = {}): Promise<LeakReport> {
  const {
    threads = 1,
    now = () => new Date(),
    signal,
    watcher = { started() {}, progressed() {}, ended() {} },
  } = options;
  const context = { cache: stageCache(pipeline.places.cache), watcher, code: codeVersion().code, now, signal };
  // What is changed and computed again by the hundred has to be in memory.
  const { memory: _, ...inMemory } = pipeline.options;
  const data = await dataStages(context, { ...pipeline, options: inMemory }, threads);
  const { fleet } = await data.load.get();
  return checkLeaks(pipelineSubject(pipeline.options, fleet, { threads, signal }), options);
}
