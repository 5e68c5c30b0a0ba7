/** A table of a folder as a source of an archive. */
import type { SourceSpec } from "../archive/spec.ts";
import type { TableProfile } from "./profile-table.ts";

/** The source with these words, without those that are undefined. */
export function sourceOf(table: TableProfile, mapping: Partial<SourceSpec>): SourceSpec {
  const given = Object.entries(mapping).filter(([, value]) => value !== undefined);
  return { ...table.source, path: table.path, ...Object.fromEntries(given) };
}
