/** A Parquet file of telemetry to a Parquet file of features. */
import type { PreparedWork } from "../harness/bench.ts";
import type { MadeTelemetry } from "./make-telemetry.ts";
import { parquetWork } from "./parquet-work.ts";

export function toParquet(telemetry: MadeTelemetry): PreparedWork {
  return parquetWork("to-parquet", telemetry);
}
