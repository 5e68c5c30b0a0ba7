/** forewarn/archive: where an archive lies and how it is read. */
export { csv } from "./csv.ts";
export { endOfLife } from "./end-of-life.ts";
export { type LoadedArchive, type LoadOptions, loadFleet } from "./load-fleet.ts";
export { parquet } from "./parquet.ts";
export { rowNumber } from "./row-number.ts";
export type { FileReport, RowCounts, SourceReport } from "./source-report.ts";
export type { ArchiveSpec, ColumnMapping, EndOfLifeSpec, SourceOptions, SourceSpec } from "./spec.ts";
