/** An archive read forgivingly: every source that can be read at all, as tables of the database. */

import { readConversion } from "../archive/contract-units.ts";
import type { Database } from "../archive/database.ts";
import { findArchive } from "../archive/find-archive.ts";
import { findFiles } from "../archive/find-files.ts";
import { archiveSources, type NamedSource } from "../archive/sources.ts";
import type { ArchiveSpec, SourceSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import { isRemote, resolvePlace } from "../stores/place.ts";
import { type ForgivingField, type ForgivingTable, readForgivingly } from "./forgiving-table.ts";

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
/** The first column of a telemetry table that holds a sensor; where each row is one reading, it holds the tag and the next one the reading. */
export const FIRST_SENSOR = 3;

export interface ReadOptions {
  /** The archive's folder, or its address in blob storage. */
  folder: string;
  /** Where blobs are kept. Default: `.forewarn/cache` in the working folder. */
  cache?: string;
  /** Called after each source. */
  onProgress?: (done: number, total: number) => void;
}

/** @throws DATA_FOLDER_MISSING, USAGE_STORE_*, SERVICE_STORE, SERVICE_BLOB_*, INTERRUPTED_LOAD */
export async function readArchiveForgivingly(
  database: Database,
  archive: ArchiveSpec,
  { folder, cache, onProgress }: ReadOptions,
): Promise<ForgivingSource[]> {
  const sources: ForgivingSource[] = [];
  const named = archiveSources(archive);
  for (const { name, spec } of named) {
    const role = roleOf(name);
    const table = `forgiving_${sources.length}`;
    const { files, absent } = await sourceFiles({ name, spec }, folder, cache);
    const fields = fieldsOf[role](spec);
    const read = await readForgivingly(database, table, {
      spec,
      fields,
      keys: keysOf(role, spec),
      files,
      time: archive.time,
    });
    const span = role === "telemetry" || role === "events" ? await spanOf(database, table) : undefined;
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

/** The fields that every row must have: machine and time, an event's kind where there is a column for it. */
function keysOf(role: Role, spec: SourceSpec): number[] {
  if (role === "telemetry") return [0, 1];
  if (role === "events") return spec.kind === undefined ? [0, 1] : [0, 1, 3];
  return [0];
}

const fieldsOf: Readonly<Record<Role, (spec: SourceSpec) => ForgivingField[]>> = {
  telemetry: (spec) => [...keyFields(spec), { kind: "instant", column: spec.knownAt }, ...sensorFields(spec)],
  events: (spec) => [
    ...keyFields(spec),
    { kind: "instant", column: spec.knownAt },
    { kind: "text", column: spec.kind },
    { kind: "instant", column: spec.end },
  ],
  machines: (spec) => [
    machineField(spec),
    { kind: "instant", column: spec.validFrom },
    { kind: "instant", column: spec.retiredAt },
    { kind: "instant", column: spec.commissionedAt },
    ...Object.entries(spec.attributes ?? {}).map(([column, type]) => ({
      ...(type === "number" ? numberField(spec, column) : { kind: "text" as const, column }),
    })),
  ],
  remaining: (spec) => [machineField(spec), numberField(spec, spec.remaining, "remaining")],
  schedule: (spec) => [{ kind: "text", column: spec.component }, numberField(spec, spec.interval, "interval")],
  limits: (spec) => [
    { kind: "text", column: spec.sensor },
    { kind: "number", column: spec.low },
    { kind: "number", column: spec.high },
    ...Object.values(spec.match ?? {}).map((column) => ({ kind: "text" as const, column })),
  ],
};

function keyFields(spec: SourceSpec): ForgivingField[] {
  return [machineField(spec), { kind: "instant", column: spec.time }];
}

/** One field a sensor; of a source with one reading a row its tag and its value. */
function sensorFields(spec: SourceSpec): ForgivingField[] {
  const { sensors = [] } = spec;
  if (!("tag" in sensors)) return sensors.map((sensor) => numberField(spec, sensor));
  return [
    { kind: "text", column: sensors.tag },
    { kind: "number", column: sensors.value },
  ];
}

function numberField(spec: SourceSpec, column: string | undefined, unit = column): ForgivingField {
  const conversion = unit === undefined ? undefined : spec.units?.[unit];
  const convert = conversion === undefined ? {} : { conversion: readConversion(conversion, "units") };
  return { kind: "number", column, ...convert };
}

function machineField(spec: SourceSpec): ForgivingField {
  return { kind: "machine", column: spec.machine, prefix: spec.machinePrefix };
}
