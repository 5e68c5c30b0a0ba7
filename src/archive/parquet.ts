/** `parquet(path, mapping)`: a source of Parquet files. */
import type { ColumnMapping, SourceOptions, SourceSpec } from "./spec.ts";

/** A file, a folder (all its *.parquet) or a glob of Parquet files, relative to the archive's folder, with the columns to read. */
export function parquet(
  path: string,
  options: ColumnMapping & Omit<SourceOptions, "delimiter" | "columns">,
): SourceSpec {
  return { format: "parquet", path, ...options };
}
