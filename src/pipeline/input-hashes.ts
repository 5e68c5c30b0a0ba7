/** The files an archive is read from, with their hashes: what tells one run's inputs from another's. */
import { findFiles } from "../archive/find-files.ts";
import { hashFile } from "../archive/hash-file.ts";
import { telemetryName } from "../archive/source-name.ts";
import type { ArchiveSpec, SourceSpec } from "../archive/spec.ts";

export interface InputFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** Every file of every source, by the source's order. @throws DATA_FILES_MISSING */
export async function inputHashes(archive: ArchiveSpec, folder: string): Promise<InputFile[]> {
  const inputs: InputFile[] = [];
  for (const [name, source] of sourcesOf(archive)) {
    for (const { location, path } of await findFiles(folder, source.path, source.format, name)) {
      inputs.push({ path, ...(await hashFile(location)) });
    }
  }
  return inputs;
}

function sourcesOf(archive: ArchiveSpec): (readonly [name: string, source: SourceSpec])[] {
  const events = Object.entries(archive.events ?? {}).map(([name, source]) =>
    source.format === "endOfLife"
      ? ([`events.${name}.remaining`, source.remaining] as const)
      : ([`events.${name}`, source] as const),
  );
  const all: (readonly [string, SourceSpec | undefined])[] = [
    ["machines", archive.machines],
    ...archive.telemetry.map((source, i) => [telemetryName(i, archive.telemetry.length), source] as const),
    ...events,
    ["reference.schedule", archive.reference?.schedule],
    ["reference.limits", archive.reference?.limits],
  ];
  return all.filter((entry): entry is readonly [string, SourceSpec] => entry[1] !== undefined);
}
