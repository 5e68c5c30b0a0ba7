/** The threads that groups are computed on: this one and workers, each with two memories so that it need not wait for its next group. */
import { ForewarnError } from "../../core/errors.ts";
import { workerScript } from "../../core/threads.ts";
import { openWorkers, type WorkerPool } from "../../core/worker-pool.ts";
import { compileKernels, type KernelModule } from "../../kernels/load.ts";
import { KernelMemory } from "../../kernels/memory.ts";
import type { LaidOut } from "./layout.ts";
import { runnerOf } from "./run-laid-out.ts";
import type { WorkerAnswer, WorkerData, WorkerTask } from "./worker.ts";

/** One memory, and where what lies in it is computed. */
export interface Thread {
  memory: KernelMemory;
  /** Rejects with the signal's reason once that is aborted. */
  run(laidOut: LaidOut): Promise<void>;
}

export interface ThreadSetting {
  threads: number;
  /** The bytes that each memory may have. */
  most: number;
  /** How many groups there are: more threads than that are of no use. */
  groups: number;
  signal: AbortSignal | undefined;
}

/** Lets `work` go on in each memory until all are done; rejects with the first error, once all workers are stopped. */
export async function computeThreads(
  { threads, most, groups, signal }: ThreadSetting,
  work: (thread: Thread) => Promise<void>,
): Promise<void> {
  signal?.throwIfAborted();
  const module = compileKernels();
  const workers = Math.min(threads, groups) - 1;
  if (workers < 1) return await work(callingThread(module, new KernelMemory(most), signal));
  const memories = Array.from({ length: workers }, () => [new KernelMemory(most), new KernelMemory(most)]);
  const pool = openWorkers(workerScript("worker", import.meta.url), {
    workers,
    data: (worker): WorkerData => ({ module, memories: memories[worker].map(({ memory }) => memory) }),
    signal,
  });
  try {
    const others = memories.flatMap((own, worker) => own.map((memory, i) => workerThread(pool, worker, memory, i)));
    // The others first: their groups are laid out before this thread is busy with its own.
    await Promise.all([...others, callingThread(module, new KernelMemory(most), signal)].map(work));
  } finally {
    await pool.close();
  }
}

function workerThread(pool: WorkerPool, worker: number, memory: KernelMemory, i: number): Thread {
  return {
    memory,
    async run(laidOut) {
      const answer = (await pool.ask(worker, { memory: i, laidOut } satisfies WorkerTask)) as WorkerAnswer;
      if ("error" in answer) throw new ForewarnError(answer.error.code, answer.error.details);
    },
  };
}

function callingThread(module: KernelModule, memory: KernelMemory, signal: AbortSignal | undefined): Thread {
  const run = runnerOf(module, memory.memory);
  return {
    memory,
    async run(laidOut) {
      // A turn of the event loop, so that an abort can arrive, and what workers have done.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      run(laidOut);
    },
  };
}
