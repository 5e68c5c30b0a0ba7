/** A worker thread of `fitInThreads`: fits one model and sends it as JSON. */
import { parentPort, workerData } from "node:worker_threads";
import { ForewarnError } from "../core/errors.ts";
import type { FitMessage, FitTask } from "./fit-task.ts";
import { learnerOf } from "./learners.ts";

const { spec, train, ...options } = workerData as FitTask;
const tell = (message: FitMessage) => parentPort?.postMessage(message);
try {
  const onProgress = (done: number, total: number) => tell({ progress: done / Math.max(1, total) });
  const model = await learnerOf(spec).fit(spec, train, { ...options, onProgress });
  tell({ model: model.toJSON() });
} catch (error) {
  if (!(error instanceof ForewarnError)) throw error;
  const { cause: _, ...details } = error.details;
  tell({ error: { code: error.code, details } });
}
