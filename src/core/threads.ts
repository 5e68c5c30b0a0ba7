/** Worker threads that all do the same job over shared memory. */
import { Worker } from "node:worker_threads";
import { ForewarnError } from "./errors.ts";

/** The address of a worker's script, which lies beside the module whose `import.meta.url` is given: .ts in the sources, .js once built. */
export function workerScript(name: string, module: string): URL {
  return new URL(`./${name}${module.endsWith(".ts") ? ".ts" : ".js"}`, module);
}

/** How many threads were asked for. @throws USAGE_THREADS unless it is a whole number from 1 to 1024 */
export function threadCount(threads: number): number {
  if (Number.isSafeInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new ForewarnError("USAGE_THREADS", {
    problem: "this is no number of threads",
    expected: `a whole number from 1 to ${MOST_THREADS}`,
    found: String(threads),
  });
}

/** Far beyond what helps anywhere; each is a thread of the system's. */
const MOST_THREADS = 1024;

export interface ThreadOptions {
  /** How many workers are started. */
  threads: number;
  /** Given to every worker as `workerData`. */
  data: unknown;
  /** Ends all workers when aborted. */
  signal?: AbortSignal;
  onMessage?: (message: unknown) => void;
}

/** Starts the workers and waits until all have ended. Rejects with the first error, or the signal's reason, once all are stopped. */
export async function runThreads(script: URL, { threads, data, signal, onMessage }: ThreadOptions): Promise<void> {
  signal?.throwIfAborted();
  const workers = Array.from({ length: threads }, () => new Worker(script, { workerData: data }));
  const ended = workers.map(
    (worker) =>
      new Promise<void>((resolve, reject) => {
        if (onMessage !== undefined) worker.on("message", onMessage);
        worker.on("error", reject);
        worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with code ${code}`))));
      }),
  );
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([Promise.all(ended), aborted]);
  } finally {
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
    await Promise.allSettled(ended);
  }
}
