/** Forty statistics that coincide with tsfresh's over windows of a day; both sides begin with readings in memory. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { PreparedWork } from "../harness/bench.ts";
import { makeTelemetry } from "./make-telemetry.ts";
import type { TsfreshInput } from "./tsfresh-input.ts";
import { tsfreshStatistics } from "./tsfresh-statistics.ts";

/** Of 100 machines, an hour each. */
const rows = 87_600;
const machines = 100;

export async function tsfresh(folder: string): Promise<PreparedWork> {
  const { file } = await makeTelemetry(folder, rows);
  const labels = Object.keys(tsfreshStatistics);
  const input: Omit<TsfreshInput, "out"> = { file, sensor: "volt", hours: 24, windows: 200, labels };
  return {
    name: "tsfresh",
    work: { windows: machines * input.windows, readings: input.hours, statistics: labels.length },
    ours: {
      script: "features/tsfresh-compute.ts",
      input: { ...input, out: join(folder, "features-ours-tsfresh.f32") },
    },
    peers: {
      tsfresh: {
        script: "peers/features_tsfresh.py",
        input: { ...input, out: join(folder, "features-tsfresh.f32"), processes: availableParallelism() },
        // As its documentation advises: its processes are the threads.
        environment: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
      },
    },
  };
}
