/** The files of an archive: found, fetched where they are blobs, hashed once, and held against what was read in the end. */
import { join, resolve } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import { fileState } from "../stores/file-state.ts";
import { inParallel } from "../stores/in-parallel.ts";
import { checkedPlace, isRemote, resolvePlace } from "../stores/place.ts";
import { fetchBlob } from "./fetch-blob.ts";
import { sweepBlobs } from "./fetch-sweep.ts";
import { containers, type FoundBlob, findBlobs } from "./find-blobs.ts";
import { type FoundFile, findFiles } from "./find-files.ts";
import { hashFile } from "./hash-file.ts";
import { archiveSources } from "./sources.ts";
import type { ArchiveSpec } from "./spec.ts";
import { unreadable } from "./unreadable.ts";

export interface ArchiveFile extends FoundFile {
  bytes: number;
  /** SHA-256 of the content, in lower-case hexadecimal. */
  sha256: string;
  /** What the local file looked like before it was hashed. */
  state: string;
  /** Of a blob: which of its contents was fetched. */
  etag?: string;
}

/** The files of each source, by the source's name. */
export type ArchiveFiles = ReadonlyMap<string, readonly ArchiveFile[]>;

export interface FindOptions {
  /** Blobs are kept in its folder `blobs`. Default: `.forewarn/cache` in the working folder. */
  cache?: string;
  /** Aborting it ends the fetching with INTERRUPTED_LOAD. Default: none. */
  signal?: AbortSignal;
  /** Told how many bytes of all blobs are there; not called where there is no blob. */
  onFetch?: (done: number, total: number) => void;
}

/** How many files are fetched or hashed at once. */
const AT_ONCE = 4;

/**
 * @param given the archive's folder, or its address in blob storage
 * @throws DATA_FOLDER_MISSING, DATA_FILES_MISSING, DATA_FILE_UNREADABLE, DATA_CHANGED, USAGE_STORE_*, SERVICE_STORE, SERVICE_BLOB_*,
 * INTERRUPTED_LOAD
 */
export async function findArchive(
  archive: ArchiveSpec,
  given: string,
  { cache = ".forewarn/cache", signal, onFetch }: FindOptions = {},
): Promise<ArchiveFiles> {
  const folder = isRemote(given) ? checkedPlace(".", given) : given;
  const open = containers();
  const sources = new Map<string, readonly string[]>();
  const found = new Map<string, FoundFile | FoundBlob>();
  for (const { name, spec } of archiveSources(archive)) {
    const files = isRemote(resolvePlace(folder, spec.path))
      ? await findBlobs(folder, spec.path, spec.format, name, open)
      : await findFiles(isRemote(folder) ? "/" : folder, spec.path, spec.format, name);
    for (const file of files) found.set(keyOf(file), file);
    sources.set(name, files.map(keyOf));
  }
  const blobs = join(resolve(cache), "blobs");
  const sizes = [...found.values()].flatMap((file) => ("store" in file ? [file.file.bytes] : []));
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
  let done = 0;
  if (sizes.length > 0) onFetch?.(0, total);
  const identified = await inParallel([...found], AT_ONCE, async ([key, file]) => {
    const whole = "store" in file ? await fetched(file, blobs, signal) : await identify(file);
    if ("store" in file) {
      done += file.file.bytes;
      onFetch?.(done, total);
    }
    return [key, whole] as const;
  });
  if (sizes.length > 0) await sweepBlobs(blobs, Date.now());
  const files = new Map(identified);
  return new Map([...sources].map(([name, keys]) => [name, keys.map((key) => files.get(key) as ArchiveFile)]));
}

function keyOf(file: FoundFile | FoundBlob): string {
  return "store" in file ? `${file.store.location}/${file.file.path}` : file.location;
}

async function fetched(blob: FoundBlob, folder: string, signal: AbortSignal | undefined): Promise<ArchiveFile> {
  try {
    return { path: blob.path, etag: blob.file.etag, ...(await fetchBlob(blob, folder, signal)) };
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new ForewarnError("INTERRUPTED_LOAD", { problem: "the load was interrupted", where: blob.path });
  }
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
  for (const file of [...files.values()].flat()) {
    const now = await fileState(file.location).catch(() => undefined);
    if (now?.etag === file.state || (await isFetchedAgain(file))) continue;
    throw new ForewarnError("DATA_CHANGED", {
      problem: "a file changed while it was read",
      where: file.path,
      hint: "run it again once nothing writes to the archive",
    });
  }
}

/**
 * Another run that began with the same cold cache puts the same content in the place of a fetched file, in one step: whoever reads it sees
 * nothing else. A file of the archive's own could have been half written meanwhile, so that the same content at the end tells nothing.
 */
async function isFetchedAgain({ location, sha256, etag }: ArchiveFile): Promise<boolean> {
  if (etag === undefined) return false;
  const now = await hashFile(location).catch(() => undefined);
  return now?.sha256 === sha256;
}
