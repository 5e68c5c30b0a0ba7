/** What the processes of the archive's benchmarks are told. */
import type { ArchiveSpec } from "../../src/archive/index.ts";
import { parquet } from "../../src/archive/index.ts";

export interface ArchiveInput {
  /** The folder of the Parquet files. */
  folder: string;
  sensors: readonly string[];
  /** A folder that a process may make, and removes. */
  scratch: string;
}

/** The archive as forewarn is told of it. */
export function archiveSpec(sensors: readonly string[]): ArchiveSpec {
  return { time: "timestamp", telemetry: [parquet("*.parquet", { machine: "machine", time: "time", sensors })] };
}
