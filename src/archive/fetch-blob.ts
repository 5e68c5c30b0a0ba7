/** A blob as a file on the local disk, fetched once for each ETag: whole and checked, or not there at all. */
import { createHash } from "node:crypto";
import { open, readFile, rename, rm, utimes } from "node:fs/promises";
import { extname, join } from "node:path";
import { z } from "zod";
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { storeError, writeFileAtomic } from "../stores/atomic-file.ts";
import { fileState } from "../stores/file-state.ts";
import { inParallel } from "../stores/in-parallel.ts";
import { makeFolder } from "../stores/make-folder.ts";
import { CHECKED_RANGE, type FileRange, type Store } from "../stores/store.ts";
import { temporaryName } from "../stores/temporary.ts";
import type { FoundBlob } from "./find-blobs.ts";
import { hashFile } from "./hash-file.ts";

const RANGES_AT_ONCE = 4;
/** What the name of a file's note ends with. */
export const NOTE = ".note";

export interface FetchedFile {
  /** The local file. */
  location: string;
  bytes: number;
  sha256: string;
  /** What the local file looked like before it was hashed. */
  state: string;
}

const noteSchema = z.object({ address: z.string(), etag: z.string(), bytes: z.int(), sha256: z.string() });
type Note = z.infer<typeof noteSchema>;

/**
 * The file is `<folder>/<hash of the address>/<hash of the ETag>` with the blob's extension; beside it, written last, a note of its
 * address, ETag, size and SHA-256. A file without a note, or that does not agree with it, is fetched again.
 * @throws DATA_CHANGED when the blob is no longer the one found, SERVICE_BLOB_*, SERVICE_STORE; the signal's reason once it is aborted
 */
export async function fetchBlob(
  { store, file }: FoundBlob,
  folder: string,
  signal?: AbortSignal,
): Promise<FetchedFile> {
  const address = `${store.location}/${file.path}`;
  const own = join(folder, sha256(address).slice(0, 32));
  const location = join(own, sha256(file.etag).slice(0, 32) + extension(file.path));
  const note = location + NOTE;
  try {
    const kept = await keptFile(location, note);
    if (kept !== undefined) return kept;
    await makeFolder(own);
    const temporary = join(own, temporaryName());
    try {
      await download(store, file.path, { ...file, signal }, temporary);
      const md5 = createHash("md5");
      const { bytes, sha256: sum } = await hashFile(temporary, md5);
      if (bytes !== file.bytes || (file.md5 !== undefined && md5.digest("hex") !== file.md5)) throw damaged(address);
      await rename(temporary, location);
      const written: Note = { address, etag: file.etag, bytes, sha256: sum };
      await writeFileAtomic(note, `${JSON.stringify(written)}\n`);
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
    const fetched = await keptFile(location, note);
    if (fetched === undefined) throw damaged(address);
    return fetched;
  } catch (error) {
    throw storeError(error, location);
  }
}

/** The file, if it is what its note says; both are then used as of now. */
async function keptFile(location: string, note: string): Promise<FetchedFile | undefined> {
  const text = await readFile(note, "utf8").catch(() => undefined);
  const state = (await fileState(location).catch(() => undefined))?.etag;
  const said = noteSchema.safeParse(parsed(text));
  if (state === undefined || !said.success) return undefined;
  const { bytes, sha256: sum } = await hashFile(location);
  if (bytes !== said.data.bytes || sum !== said.data.sha256) return undefined;
  const now = new Date();
  await utimes(note, now, now).catch(() => undefined);
  return { location, bytes, sha256: sum, state };
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function download(
  store: Store,
  path: string,
  { bytes, etag, signal }: Omit<FileRange, "offset">,
  temporary: string,
): Promise<void> {
  const handle = await open(temporary, "wx");
  try {
    const starts = Array.from({ length: Math.ceil(bytes / CHECKED_RANGE) }, (_, i) => i * CHECKED_RANGE);
    await inParallel(starts, RANGES_AT_ONCE, async (offset) => {
      const range = { offset, bytes: Math.min(CHECKED_RANGE, bytes - offset), etag, signal };
      const content = await store.readRange(path, range);
      for (let at = 0; at < content.length; ) {
        at += (await handle.write(content, at, content.length - at, offset + at)).bytesWritten;
      }
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a file of this kind ends with (".parquet"); nothing where that could be no name on every disk. */
function extension(path: string): string {
  return /^\.[A-Za-z0-9]{1,10}$/.exec(extname(path))?.[0] ?? "";
}

function damaged(address: string): ForewarnError {
  return new ForewarnError("SERVICE_BLOB_DAMAGED", {
    problem: "a blob's content is not what the service says of it",
    expected: "its size and the MD5 that is kept with it",
    found: "others",
    where: address,
    hint: "upload it again, so that content and MD5 agree",
  });
}
