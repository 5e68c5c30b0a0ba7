/** Works that begin with a Parquet file: telemetry in it to features in memory, or in another file. */
import { join } from "node:path";
import type { PreparedWork } from "../harness/bench.ts";
import type { FeaturesInput } from "./features-input.ts";
import { type MadeTelemetry, sensors } from "./make-telemetry.ts";
import { peer } from "./peers.ts";

/** What the processes are told. */
export interface ParquetInput extends FeaturesInput {
  /** The Parquet file of features that is to be written; absent: they stay in memory. */
  written?: string;
}

const over = ["3h", "24h"];
const stats = ["mean", "sd", "min", "max"];

export function parquetWork(name: "from-parquet" | "to-parquet", made: MadeTelemetry): PreparedWork {
  const { folder, file, rows, bytes } = made;
  const input = (who: string) => ({
    file,
    sensors,
    over,
    stats,
    ...(name === "to-parquet" && { written: join(folder, `features-${who}.parquet`) }),
  });
  const out = join(folder, `features-ours-${name}.f32`);
  const polars = `polars-${name}`;
  return {
    name,
    work: { rows, bytes, sensors: sensors.length, windows: over.join(" "), statistics: stats.join(" ") },
    ours: { script: "features/parquet-process.ts", input: { ...input("ours"), out } satisfies ParquetInput },
    peers: { [polars]: peer("features_parquet_polars.py", polars, folder, input("polars")) },
  };
}
