/** The files of an archive: found and hashed once, and held against what was read in the end. */
import { ForewarnError } from "../core/errors.ts";
import { fileState } from "../stores/file-state.ts";
import { type FoundFile, findFiles } from "./find-files.ts";
import { hashFile } from "./hash-file.ts";
import { unreadable } from "./scan.ts";
import { archiveSources } from "./sources.ts";
import type { ArchiveSpec } from "./spec.ts";

export interface ArchiveFile extends FoundFile {
  bytes: number;
  /** SHA-256 of the content, in lower-case hexadecimal. */
  sha256: string;
  /** What the local file looked like before it was hashed. */
  state: string;
}

/** The files of each source, by the source's name. */
export type ArchiveFiles = ReadonlyMap<string, readonly ArchiveFile[]>;

/** @throws DATA_FOLDER_MISSING, DATA_FILES_MISSING, DATA_FILE_UNREADABLE, PIPELINE_PATH_UNSUPPORTED, SERVICE_STORE */
export async function findArchive(archive: ArchiveSpec, folder: string): Promise<ArchiveFiles> {
  const hashed = new Map<string, Promise<ArchiveFile>>();
  const files = new Map<string, readonly ArchiveFile[]>();
  for (const { name, spec } of archiveSources(archive)) {
    const of: ArchiveFile[] = [];
    for (const found of await findFiles(folder, spec.path, spec.format, name)) {
      if (!hashed.has(found.location)) hashed.set(found.location, identify(found));
      of.push(await hashed.get(found.location)!);
    }
    files.set(name, of);
  }
  return files;
}

async function identify(file: FoundFile): Promise<ArchiveFile> {
  try {
    const { etag: state } = await fileState(file.location);
    return { ...file, state, ...(await hashFile(file.location)) };
  } catch (error) {
    throw unreadable(error, file.path);
  }
}

/** What is made of an archive is kept under the hashes of its files, so what was read has to be what was hashed. @throws DATA_CHANGED */
export async function checkUnchanged(files: ArchiveFiles): Promise<void> {
  for (const { location, path, state } of [...files.values()].flat()) {
    const now = await fileState(location).catch(() => undefined);
    if (now?.etag === state) continue;
    throw new ForewarnError("DATA_CHANGED", {
      problem: "a file changed while it was read",
      where: path,
      hint: "run it again once nothing writes to the archive",
    });
  }
}
