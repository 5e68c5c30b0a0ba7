/** `csv(path, mapping)`: a source of comma-separated (or otherwise separated) text files. */
import type { ColumnMapping, SourceOptions, SourceSpec } from "./spec.ts";

/**
 * A file, a folder (all its *.csv) or a glob of CSV files, relative to the archive's folder, with the names of the columns to read
 * and the options of the source. Files are UTF-8, quoted by `"`; an empty field is a missing value.
 */
export function csv(path: string, options: ColumnMapping & SourceOptions): SourceSpec {
  return { format: "csv", path, ...options };
}
