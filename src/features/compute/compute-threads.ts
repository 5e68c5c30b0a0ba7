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
  signal: AbortSignal | undefined;
}

/** Threads that outlive a computation: workers are started once there are groups for them, and their memories used again. */
export interface ComputeThreads {
  /**
   * Lets `work` go on in each memory until all are done; rejects with the first error, once all workers are stopped.
   * @param groups how many groups there are: more threads than that are of no use
   */
  run(groups: number, work: (thread: Thread) => Promise<void>): Promise<void>;
  /** Stops the workers. */
  close(): Promise<void>;
}

/** Starts nothing as yet. */
export function computeThreads({ threads, most, signal }: ThreadSetting): ComputeThreads {
  const pools: WorkerPool[] = [];
  const others: Thread[] = [];
  let own: Thread | undefined;
  const module = compileKernels();

  function startWorker(): void {
    const memories = [new KernelMemory(most), new KernelMemory(most)];
    const data: WorkerData = { module, memories: memories.map(({ memory }) => memory) };
    const pool = openWorkers(workerScript("worker", import.meta.url), { workers: 1, data: () => data, signal });
    pools.push(pool);
    others.push(...memories.map((memory, i) => workerThread(pool, memory, i)));
  }
  async function close(): Promise<void> {
    await Promise.all(pools.map((pool) => pool.close()));
  }
  return {
    async run(groups, work) {
      signal?.throwIfAborted();
      const workers = Math.max(0, Math.min(threads, groups) - 1);
      while (pools.length < workers) startWorker();
      own ??= callingThread(module, new KernelMemory(most), signal);
      try {
        // The others first: their groups are laid out before this thread is busy with its own.
        await Promise.all([...others.slice(0, 2 * workers), own].map(work));
      } catch (error) {
        await close();
        throw error;
      }
    },
    close,
  };
}

function workerThread(pool: WorkerPool, memory: KernelMemory, i: number): Thread {
  return {
    memory,
    async run(laidOut) {
      const answer = (await pool.ask(0, { memory: i, laidOut } satisfies WorkerTask)) as WorkerAnswer;
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
