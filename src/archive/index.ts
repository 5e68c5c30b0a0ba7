/** forewarn/archive: where an archive lies and how it is read. */
export type { Rule, Rules, Violation } from "./contract.ts";
export { csv } from "./csv.ts";
export { endOfLife } from "./end-of-life.ts";
export { type LoadedArchive, type LoadOptions, loadFleet } from "./load-fleet.ts";
export { long } from "./long.ts";
export { parquet } from "./parquet.ts";
export type { QuarantinedRows } from "./quarantine.ts";
export { rowNumber } from "./row-number.ts";
export { openSorted, type SortedArchive } from "./sorted-archive.ts";
export { type SortOptions, sortToFolder } from "./sorted-folder.ts";
export type { ColumnChange, FileReport, RowCounts, SourceReport } from "./source-report.ts";
export type { ArchiveSpec, ColumnMapping, EndOfLifeSpec, LongSensors, SourceOptions, SourceSpec } from "./spec.ts";
