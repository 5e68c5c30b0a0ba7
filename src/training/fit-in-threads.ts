/** Fits several models, each in a worker thread, so that they run beside one another and can be cancelled at once. */
import { ForewarnError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { runThreads, threadCount, workerScript } from "../core/threads.ts";
import type { FitMessage, FitTask } from "./fit-task.ts";
import type { Model } from "./learner.ts";
import { learnerOf, loadModel } from "./learners.ts";

export interface FitInThreadsOptions {
  /** How many models are fitted at a time, a whole number; those left over are shared out among the fits. Default: 1. */
  threads?: number;
  signal?: AbortSignal;
  /** The share of all the fits that is done, 0..1. */
  onProgress?: (share: number) => void;
}

/**
 * The models in the order of their tasks, whichever ends first. A task is made when its turn comes, so that only as many training sets
 * are in memory as there are threads. The first task that fails stops the others.
 * @throws INTERRUPTED_FIT when aborted, USAGE_THREADS, and whatever a learner throws.
 */
export async function fitInThreads(
  tasks: readonly (() => FitTask)[],
  options: FitInThreadsOptions = {},
): Promise<Model[]> {
  const { signal, onProgress } = options;
  const threads = threadCount(options.threads ?? 1);
  const models: Model[] = [];
  const shares = tasks.map(() => 0);
  const failed = new AbortController();
  const stop = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const lanes = Math.min(threads, tasks.length);
  const threadsEach = Math.max(1, Math.floor(threads / Math.max(1, lanes)));
  let next = 0;
  const lane = async () => {
    while (next < tasks.length) {
      const at = next++;
      const onShare = (share: number) => {
        shares[at] = share;
        onProgress?.(shares.reduce((sum, each) => sum + each, 0) / tasks.length);
      };
      models[at] = await fitInThread({ ...tasks[at](), threads: threadsEach }, stop, onShare).catch(
        (error: unknown) => {
          failed.abort(error);
          throw error;
        },
      );
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  if (signal?.aborted) throw interrupted(signal.reason);
  if (failed.signal.aborted) throw failed.signal.reason;
  for (const ended of ends) if (ended.status === "rejected") throw ended.reason;
  return models;
}

async function fitInThread(task: FitTask, signal: AbortSignal, onShare: (share: number) => void): Promise<Model> {
  if (signal.aborted) throw interrupted(signal.reason);
  const learner = learnerOf(task.spec);
  if (learner.quick) return learner.fit(task.spec, task.train, task);
  let model: Json | undefined;
  let error: ForewarnError | undefined;
  const onMessage = (message: unknown) => {
    const told = message as FitMessage;
    if ("progress" in told) onShare(told.progress);
    else if ("model" in told) model = told.model;
    else error = new ForewarnError(told.error.code, told.error.details);
  };
  await runThreads(workerScript("worker", import.meta.url), { threads: 1, data: task, signal, onMessage });
  if (error !== undefined) throw error;
  onShare(1);
  return loadModel(model);
}

function interrupted(cause: unknown): ForewarnError {
  return new ForewarnError("INTERRUPTED_FIT", { problem: "training was interrupted", cause });
}
