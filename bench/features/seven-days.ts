/** A week's window with a median, arrays in memory to features in memory. */
import { join } from "node:path";
import type { PreparedWork } from "../harness/bench.ts";
import { type MadeTelemetry, sensors } from "./make-telemetry.ts";
import { peer } from "./peers.ts";

export function sevenDays({ folder, file, rows }: MadeTelemetry): PreparedWork {
  const over = ["7d"];
  const stats = ["mean", "sd", "min", "max", "median"];
  const input = { file, sensors, over, stats };
  return {
    name: "7d",
    work: { rows, sensors: sensors.length, windows: over.join(" "), statistics: stats.join(" ") },
    ours: { script: "features/compute.ts", input: { ...input, out: join(folder, "features-ours-7d.f32") } },
    peers: { "polars-7d": peer("features_polars.py", "polars-7d", folder, input) },
  };
}
