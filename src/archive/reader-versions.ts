/** What besides this library's own code decides how the files of an archive are read. */
import { createRequire } from "node:module";
import { hasTimeZone } from "./contract-time-zone.ts";
import { archiveSources } from "./sources.ts";
import type { ArchiveSpec } from "./spec.ts";

/** Versions, for whoever keeps what was loaded: with others, the same files may be read otherwise. */
export interface ReaderVersions {
  /** Of DuckDB's package. */
  duckdb: string;
  /** Of the time zones' history that comes with Node; only where a source has a time zone. */
  timeZones?: string;
}

export function readerVersions(archive: ArchiveSpec): ReaderVersions {
  // Read from its package: the database itself need not be loaded to know what was loaded with it.
  const { version } = createRequire(import.meta.url)("@duckdb/node-api/package.json") as { version: string };
  const isZoned = archiveSources(archive).some(({ spec }) => hasTimeZone(spec));
  return { duckdb: version, ...(isZoned && { timeZones: process.versions["tz"] }) };
}
