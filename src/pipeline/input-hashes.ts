/** The files an archive is read from, with their hashes: what tells one run's inputs from another's. */
import type { ArchiveFiles } from "../archive/find-archive.ts";

export interface InputFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** Every file of every source, by the source's order. Where a file came from is not in it: the same content gives the same models. */
export function inputHashes(files: ArchiveFiles): InputFile[] {
  return [...files.values()].flat().map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }));
}

/** The same as a run's manifest records it: with the ETag of what was fetched from blob storage. */
export function recordedInputs(files: ArchiveFiles): (InputFile & { etag?: string })[] {
  return [...files.values()].flat().map(({ path, bytes, sha256, etag }) => ({ path, bytes, sha256, etag }));
}
