/** A worker thread of `computeFeatures`: takes chunks until none is left and reports the rows of each. */
import { parentPort, workerData } from "node:worker_threads";
import { bindKernels } from "../../kernels/load.ts";
import { type Job, nextChunk, nextScratch, runChunk } from "./job.ts";

const job = workerData as Job;
const run = bindKernels(job.module, job.memory, nextScratch(job));
for (let from = nextChunk(job); from < job.rows; from = nextChunk(job))
  parentPort?.postMessage(runChunk(job, run, from));
