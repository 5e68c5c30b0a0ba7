/** Computes the unfitted columns of a plan, on this thread or on several: the same bits. */
import { ForewarnError } from "../../core/errors.ts";
import type { Fleet } from "../../core/fleet.ts";
import type { Cutoffs, Matrix } from "../../core/matrix.ts";
import { runThreads, threadCount, workerScript } from "../../core/threads.ts";
import { bindKernels, compileKernels } from "../../kernels/load.ts";
import { KernelMemory } from "../../kernels/memory.ts";
import type { FeaturePlan } from "../plan.ts";
import { featureOf } from "../table.ts";
import { type Job, nextChunk, runChunk } from "./job.ts";
import { Workspace } from "./workspace.ts";

export interface ComputeOptions {
  /** Worker threads, a whole number; 1 computes on the calling thread. Values never depend on it. Default: 1. */
  threads?: number;
  /** Checked between chunks of rows. */
  signal?: AbortSignal;
  onProgress?: (doneRows: number, totalRows: number) => void;
}

const MOST_ROWS_A_CHUNK = 4_096;
const CHUNKS_A_THREAD = 8;

/**
 * The raw columns of a plan at the cutoffs: `rawNames`, float32, missing is NaN with the bits 7fc00000.
 * @throws DATA_* when the fleet lacks what the plan reads, DATA_TOO_LARGE beyond 4 GiB, INTERRUPTED_FEATURES when aborted, USAGE_THREADS.
 */
export async function computeFeatures(
  plan: FeaturePlan,
  fleet: Fleet,
  cutoffs: Cutoffs,
  options: ComputeOptions = {},
): Promise<Matrix> {
  const { signal, onProgress } = options;
  const threads = threadCount(options.threads ?? 1);
  checkTime(plan, fleet);
  const rows = cutoffs.cutoff.length;
  const memory = new KernelMemory();
  const counter = memory.allocate(16);
  const workspace = new Workspace(fleet, plan, cutoffs, memory);
  for (const spec of plan.specs) featureOf(spec).compute(spec, plan, workspace);

  const module = compileKernels();
  const scratchBytes = Math.max(0, ...workspace.calls.map((call) => call.scratch ?? 0));
  const scratch = Array.from({ length: threads }, () => memory.allocate(scratchBytes));
  const run = bindKernels(module, memory.memory, scratch[0]);
  for (const call of workspace.preparations) run(call, 0, fleet.machines.length);
  const chunk = Math.max(1, Math.min(MOST_ROWS_A_CHUNK, Math.ceil(rows / (threads * CHUNKS_A_THREAD))));
  const job: Job = { module, memory: memory.memory, calls: workspace.calls, counter, scratch, rows, chunk };
  let done = 0;
  const progress = (computed: number) => {
    done += computed;
    onProgress?.(done, rows);
  };
  try {
    if (threads > 1) {
      const script = workerScript("worker", import.meta.url);
      await runThreads(script, { threads, data: job, signal, onMessage: (computed) => progress(Number(computed)) });
    } else {
      for (let from = nextChunk(job); from < rows; from = nextChunk(job)) {
        // A turn of the event loop, so that an abort can arrive.
        await new Promise(setImmediate);
        signal?.throwIfAborted();
        progress(runChunk(job, run, from));
      }
    }
  } catch (cause) {
    throw signal?.aborted ? interrupted(cause) : cause;
  }
  if (done !== rows) throw notComputed(done, rows);
  // Copied out, so that the whole memory can go.
  const columns = plan.rawNames.map((name) => {
    return new Float32Array(memory.viewFloat32(workspace.outputs.get(name) ?? 0, rows));
  });
  return { rows, names: plan.rawNames, columns };
}

function checkTime({ schema }: FeaturePlan, { time }: Fleet): void {
  if (schema.time === time) return;
  throw new ForewarnError("DATA_TIME_KIND", {
    problem: "the fleet counts time in another way than the plan",
    expected: schema.time,
    found: time,
  });
}

/** Memory that was only reserved would read as features that are all 0. */
function notComputed(done: number, rows: number): ForewarnError {
  return new ForewarnError("BUG_ROWS_NOT_COMPUTED", {
    problem: "the computation of features ended early",
    expected: `${rows} rows`,
    found: String(done),
  });
}

function interrupted(cause: unknown): ForewarnError {
  return new ForewarnError("INTERRUPTED_FEATURES", { problem: "the computation of features was interrupted", cause });
}
