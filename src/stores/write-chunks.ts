/** Files that are written as their bytes come, and appear whole or not at all. */
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { storeError } from "./atomic-file.ts";
import { makeFolder, syncFolder } from "./make-folder.ts";
import { temporaryName } from "./temporary.ts";

/** Bytes that follow one another, a few arrays at a time. */
export type Chunks = AsyncIterable<readonly Uint8Array[]>;

/** Writes or replaces a file on a local disk in one step, once all its bytes have come. Missing folders are made. @throws SERVICE_STORE */
export async function writeChunksAtomic(path: string, chunks: Chunks): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, temporaryName());
  try {
    const made = await makeFolder(folder);
    await writeNewFile(temporary, chunks);
    await rename(temporary, path);
    await syncFolder(folder);
    for (const each of made) await syncFolder(dirname(each));
  } catch (error) {
    throw storeError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Writes a file that is not there yet, in a folder that nobody looks into before it is whole. @throws what the system says */
export async function writeNewFile(path: string, chunks: Chunks): Promise<void> {
  const file = await open(path, "wx");
  try {
    for await (const arrays of chunks) await writeAll(file, arrays);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** As many arrays at a time as every system takes. */
const MOST_ARRAYS = 256;

async function writeAll(file: FileHandle, arrays: readonly Uint8Array[]): Promise<void> {
  const filled = arrays.filter(({ length }) => length > 0);
  for (let from = 0; from < filled.length; from += MOST_ARRAYS) {
    const some = filled.slice(from, from + MOST_ARRAYS);
    let { bytesWritten } = await file.writev(some);
    for (const array of some) {
      // A system may take less than it was given.
      for (let at = Math.min(bytesWritten, array.length); at < array.length; ) {
        at += (await file.write(array, at, array.length - at)).bytesWritten;
      }
      bytesWritten = Math.max(0, bytesWritten - array.length);
    }
  }
}
