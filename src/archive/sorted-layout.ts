/**
 * The files of a folder of sorted columns: `fleet.pack` (all but the telemetry, and the names and offsets of the telemetry tables), a file
 * of little-endian float64 values for each column of each table, and SHA256SUMS over all of them.
 */
import type { QuarantinedRows } from "./quarantine.ts";
import type { FleetRest } from "./sorted-slice.ts";
import type { SourceReport } from "./source-report.ts";

/** What fleet.pack holds. */
export interface PackedArchive {
  /** The version of this layout. */
  layout: 1;
  fleet: FleetRest;
  tables: readonly SortedTable[];
  sources: readonly SourceReport[];
  quarantine?: QuarantinedRows;
}

export interface SortedTable {
  name: string;
  /** Where each machine's rows begin; one more than there are machines. */
  offsets: Uint32Array;
  sensors: readonly string[];
  /** Whether there is a column of its own for when a row became known. */
  late: boolean;
  /** The files of its columns: time, known at where it differs, sensors in their order. */
  files: readonly string[];
}

export const PACK = "fleet.pack";
export const SUMS = "SHA256SUMS";

/** The files of a table's columns. A sensor can be called anything, so they are numbered. */
export function columnFiles(table: number, { late, sensors }: Pick<SortedTable, "late" | "sensors">): string[] {
  const names = ["time", ...(late ? ["known-at"] : []), ...sensors.map((_, i) => `sensor-${i}`)];
  return names.map((name) => `telemetry-${table}-${name}.f64`);
}
