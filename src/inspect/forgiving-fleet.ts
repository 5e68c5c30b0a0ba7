/** An archive read forgivingly: every source that can be read at all, as tables of the database. */

import { createTimeZone, hasTimeZone } from "../archive/contract-time-zone.ts";
import type { Database } from "../archive/database.ts";
import { findArchive } from "../archive/find-archive.ts";
import { findFiles } from "../archive/find-files.ts";
import { futureChecks } from "../archive/future.ts";
import { sourceFields } from "../archive/source-fields.ts";
import { archiveSources, type NamedSource } from "../archive/sources.ts";
import type { ArchiveSpec, SourceSpec } from "../archive/spec.ts";
import type { LoadContext } from "../archive/table.ts";
import { ForewarnError } from "../core/errors.ts";
import { isRemote, resolvePlace } from "../stores/place.ts";
import { type ForgivingTable, readForgivingly } from "./forgiving-table.ts";

/** The role of a source, from its name. */
export type Role = "machines" | "telemetry" | "events" | "remaining" | "schedule" | "limits";

export interface ForgivingSource extends ForgivingTable {
  /** Where the pipeline names it: "telemetry", "events.errors". */
  name: string;
  role: Role;
  spec: SourceSpec;
  /** Its first and last instant, for telemetry and events; undefined without one. */
  span?: { first: number; last: number };
  /** Why none of its files was found. */
  absent?: { found: string; hint?: string };
}

/** The fields of telemetry before its sensors, and of events. */
export const MACHINE = "f0";
export const TIME = "f1";
export const KNOWN_AT = "f2";
export const KIND = "f3";
export const END = "f4";
/** The first column of a telemetry table that holds a sensor; where each row is one reading, it holds the name of the sensor and the next one the reading. */
export const FIRST_SENSOR = 3;

export interface ReadOptions {
  /** The archive's folder, or its address in blob storage. */
  folder: string;
  /** Where blobs are kept. Default: `.forewarn/cache` in the working folder. */
  cache?: string;
  /** Later than this is the future; undefined for counters. */
  latest?: number;
  /** Called after each source. */
  onProgress?: (done: number, total: number) => void;
}

/** @throws DATA_FOLDER_MISSING, USAGE_STORE_*, SERVICE_STORE, SERVICE_BLOB_*, INTERRUPTED_LOAD */
export async function readArchiveForgivingly(
  database: Database,
  archive: ArchiveSpec,
  { folder, cache, latest, onProgress }: ReadOptions,
): Promise<ForgivingSource[]> {
  const sources: ForgivingSource[] = [];
  const named = archiveSources(archive);
  const zones = named.flatMap(({ spec }) => (hasTimeZone(spec) ? [spec.timeZone] : []));
  for (const zone of new Set(zones)) await createTimeZone(database, zone);
  for (const { name, spec } of named) {
    const role = roleOf(name);
    const table = `forgiving_${sources.length}`;
    const { files, absent } = await sourceFiles({ name, spec }, folder, cache);
    // Of a load it is only asked how time is counted, and what the latest is.
    const load = { time: archive.time, latest } as LoadContext;
    const isTimed = role === "telemetry" || role === "events";
    const read = await readForgivingly(database, table, {
      spec,
      name,
      fields: sourceFields({ name, spec }),
      checks: isTimed ? futureChecks(load, spec) : [],
      files,
      time: archive.time,
    });
    const span = isTimed ? await spanOf(database, table) : undefined;
    sources.push({
      ...read,
      name,
      role,
      spec,
      ...(span === undefined ? {} : { span }),
      ...(absent === undefined ? {} : { absent }),
    });
    onProgress?.(sources.length, named.length);
  }
  return sources;
}

async function sourceFiles({ name, spec }: NamedSource, folder: string, cache: string | undefined) {
  try {
    const remote = isRemote(resolvePlace(folder, spec.path));
    const files = remote
      ? ((await findArchive({ time: "timestamp", telemetry: [spec] }, folder, { cache })).get("telemetry") ?? [])
      : await findFiles(isRemote(folder) ? "/" : folder, spec.path, spec.format, name);
    return { files, absent: undefined };
  } catch (error) {
    if (!(error instanceof ForewarnError) || error.code !== "DATA_FILES_MISSING") throw error;
    const { problem, found = problem, hint } = error.details;
    return { files: [], absent: { found, hint } };
  }
}

async function spanOf(database: Database, table: string) {
  const [[first, last]] = await database.rows(
    `SELECT min(${TIME}), max(${TIME}) FROM ${table} WHERE isfinite(${TIME})`,
  );
  return first === null ? undefined : { first: Number(first), last: Number(last) };
}

function roleOf(name: string): Role {
  const [part, inner] = name.split(".");
  if (part === "machines") return "machines";
  if (part === "reference") return inner as "schedule" | "limits";
  if (part === "events") return name.endsWith(".remaining") ? "remaining" : "events";
  return "telemetry";
}
