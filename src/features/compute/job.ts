/** The share of work that threads take turns at: kernel calls over chunks of rows in shared memory. */
import type { KernelCall } from "../../kernels/calls.ts";
import type { KernelModule, RunKernel } from "../../kernels/load.ts";
import type { Address, SharedMemory } from "../../kernels/memory.ts";

/** Everything a worker needs; it can be sent to one as it is. */
export interface Job {
  module: KernelModule;
  memory: SharedMemory;
  /** Run in order over each chunk; a row reads nothing of another row, so the chunks may run in any order. */
  calls: readonly KernelCall[];
  /** Two 32-bit counts shared by all threads: of chunks taken, of threads started. */
  counter: Address;
  /** Memory of its own for each thread. */
  scratch: readonly Address[];
  rows: number;
  /** Rows a chunk. */
  chunk: number;
}

/** Takes the next chunk: its first row, which is not below `rows` once all are taken. */
export function nextChunk({ memory, counter, chunk }: Job): number {
  return Atomics.add(new Int32Array(memory.buffer, counter, 1), 0, 1) * chunk;
}

/** Takes the next thread's own memory. */
export function nextScratch({ memory, counter, scratch }: Job): Address {
  return scratch[Atomics.add(new Int32Array(memory.buffer, counter + 4, 1), 0, 1)];
}

/** Computes a chunk and returns its number of rows. */
export function runChunk({ calls, rows, chunk }: Job, run: RunKernel, from: number): number {
  const to = Math.min(from + chunk, rows);
  for (const call of calls) run(call, from, to);
  return to - from;
}
