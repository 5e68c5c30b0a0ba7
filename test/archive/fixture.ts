/** Small archives in temporary folders, for tests. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { csv, type LoadedArchive, loadFleet } from "../../src/archive/index.ts";
import type { ArchiveSpec, SourceSpec } from "../../src/archive/spec.ts";
import { ForewarnError } from "../../src/core/errors.ts";

/** File contents by path; a text is written as it is, `{ sql }` is a query whose rows become a Parquet file. */
export type Files = Readonly<Record<string, string | Uint8Array | { sql: string }>>;

/** A temporary folder with these files, removed after the test. */
export async function archive(test: TestContext, files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-test-"));
  test.after(() => rm(folder, { recursive: true, force: true }));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const [path, content] of Object.entries(files)) {
    const location = join(folder, path);
    await mkdir(dirname(location), { recursive: true });
    if (typeof content === "string" || content instanceof Uint8Array) await writeFile(location, content);
    else await connection.run(`COPY (${content.sql}) TO '${location.replaceAll("'", "''")}' (FORMAT parquet)`);
  }
  connection.closeSync();
  instance.closeSync();
  return folder;
}

/** Telemetry `m,t,v` in telemetry.csv with the sensor v, unless said otherwise. */
export function spec(parts: Partial<ArchiveSpec> = {}): ArchiveSpec {
  return { time: "timestamp", telemetry: [telemetry()], events: {}, reference: {}, ...parts };
}

export function telemetry(parts: Partial<SourceSpec> = {}): SourceSpec {
  return { ...csv("telemetry.csv", { machine: "m", time: "t", sensors: ["v"] }), ...parts };
}

export async function load(test: TestContext, files: Files, archiveSpec: ArchiveSpec = spec()): Promise<LoadedArchive> {
  return await loadFleet(archiveSpec, { folder: await archive(test, files) });
}

/** The error that loading these files ends with. */
export async function refusal(
  test: TestContext,
  files: Files,
  archiveSpec: ArchiveSpec = spec(),
): Promise<ForewarnError> {
  try {
    await load(test, files, archiveSpec);
  } catch (error) {
    assert.ok(error instanceof ForewarnError, String(error));
    return error;
  }
  return assert.fail("the archive was loaded");
}

/** Microseconds since the epoch of an ISO instant. */
export function micros(instant: string): number {
  return Date.parse(instant) * 1000;
}
