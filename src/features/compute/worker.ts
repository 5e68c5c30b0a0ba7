/** A worker thread of `computeFeatures`: computes what is laid out in one of its memories and says so. */
import { parentPort, workerData } from "node:worker_threads";
import { type ErrorCode, type ErrorDetails, ForewarnError } from "../../core/errors.ts";
import type { KernelModule } from "../../kernels/load.ts";
import type { SharedMemory } from "../../kernels/memory.ts";
import type { LaidOut } from "./layout.ts";
import { runnerOf } from "./run-laid-out.ts";

export interface WorkerData {
  module: KernelModule;
  memories: readonly SharedMemory[];
}

/** What is computed, in which memory. */
export interface WorkerTask {
  memory: number;
  laidOut: LaidOut;
}

/** How many rows were computed, or why they could not be. */
export type WorkerAnswer = { rows: number } | { error: { code: ErrorCode; details: Omit<ErrorDetails, "cause"> } };

const { module, memories } = workerData as WorkerData;
const run = memories.map((memory) => runnerOf(module, memory));
parentPort?.on("message", ({ memory, laidOut }: WorkerTask) => {
  try {
    run[memory](laidOut);
    parentPort?.postMessage({ rows: laidOut.rows } satisfies WorkerAnswer);
  } catch (error) {
    // What a thread throws comes out without its code.
    if (!(error instanceof ForewarnError)) throw error;
    const { cause: _, ...details } = error.details;
    parentPort?.postMessage({ error: { code: error.code, details } } satisfies WorkerAnswer);
  }
});
