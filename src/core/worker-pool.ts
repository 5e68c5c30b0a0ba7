/** Worker threads that answer one message after another. */
import { Worker } from "node:worker_threads";

export interface WorkerPool {
  workers: number;
  /** Sends a message to a worker and waits for its answer; messages wait for one another. Rejects once the worker or the pool has failed. */
  ask(worker: number, message: unknown): Promise<unknown>;
  /** Ends all workers; what is still asked is rejected. */
  close(): Promise<void>;
}

export interface WorkerPoolOptions {
  workers: number;
  /** Given to every worker as `workerData`. */
  data: (worker: number) => unknown;
  /** What is asked is rejected with its reason when it is aborted. */
  signal?: AbortSignal;
}

/** Starts the workers; each must answer every message it is sent with one of its own, in order. */
export function openWorkers(script: URL, { workers, data, signal }: WorkerPoolOptions): WorkerPool {
  const asked: { resolve: (answer: unknown) => void; reject: (reason: unknown) => void }[][] = [];
  let failure: { reason: unknown } | undefined;
  const fail = (reason: unknown) => {
    failure ??= { reason };
    for (const queue of asked) for (const { reject } of queue.splice(0)) reject(failure.reason);
  };
  const threads = Array.from({ length: workers }, (_, i) => {
    const worker = new Worker(script, { workerData: data(i) });
    const queue: (typeof asked)[number] = [];
    asked.push(queue);
    worker.on("message", (answer) => queue.shift()?.resolve(answer));
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a worker ended with code ${code}`)));
    return worker;
  });
  const abort = () => fail(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  return {
    workers,
    ask(worker, message) {
      return new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure.reason);
        asked[worker].push({ resolve, reject });
        threads[worker].postMessage(message);
      });
    },
    async close() {
      signal?.removeEventListener("abort", abort);
      fail(new Error("the workers were ended"));
      await Promise.all(threads.map((worker) => worker.terminate()));
    },
  };
}
