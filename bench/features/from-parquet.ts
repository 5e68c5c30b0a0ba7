/** A Parquet file of telemetry to features in memory. */
import type { PreparedWork } from "../harness/bench.ts";
import type { MadeTelemetry } from "./make-telemetry.ts";
import { parquetWork } from "./parquet-work.ts";

export function fromParquet(telemetry: MadeTelemetry): PreparedWork {
  return parquetWork("from-parquet", telemetry);
}
