/** Arrays in memory to features in memory: the kernels alone. */
import { join } from "node:path";
import type { PreparedWork } from "../harness/bench.ts";
import { type MadeTelemetry, sensors } from "./make-telemetry.ts";
import { peer } from "./peers.ts";

export function kernels({ folder, file, rows }: MadeTelemetry): PreparedWork {
  const over = ["3h", "24h"];
  const stats = ["mean", "sd", "min", "max"];
  const input = { file, sensors, over, stats };
  return {
    name: "kernels",
    work: { rows, sensors: sensors.length, windows: over.join(" "), statistics: stats.join(" ") },
    ours: { script: "features/compute.ts", input: { ...input, out: join(folder, "features-ours.f32") } },
    peers: {
      polars: peer("features_polars.py", "polars", folder, input),
      duckdb: peer("features_duckdb.py", "duckdb", folder, input),
      pandas: peer("features_pandas.py", "pandas", folder, input),
    },
  };
}
