/** The files an archive is read from, with their hashes: what tells one run's inputs from another's. */
import type { ArchiveFiles } from "../archive/find-archive.ts";

export interface InputFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** Every file of every source, by the source's order. */
export function inputHashes(files: ArchiveFiles): InputFile[] {
  return [...files.values()].flat().map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
}
