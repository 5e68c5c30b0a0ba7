/** Stage results under the hash of what they depend on: whole or absent, checked when read, safe for several runs at once. */
import { open } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../core/json.ts";
import { storeError, systemCode, writeFileAtomic } from "../stores/atomic-file.ts";

export interface StageCache {
  /** The stored bytes, or undefined where there are none or they are damaged. */
  read(file: string): Promise<Uint8Array | undefined>;
  write(file: string, bytes: Uint8Array): Promise<void>;
}

/**
 * A cache in a folder. A result exists once its checksum does, which is written last, in the form of sha256sum: a file put under another's
 * name is no result.
 * Its functions throw SERVICE_STORE when the folder cannot be read or written.
 */
export function stageCache(folder: string): StageCache {
  const sumOf = (file: string, bytes: Uint8Array) => `${sha256(bytes)}  ${file}\n`;
  return {
    async read(file) {
      const sum = await readIfThere(join(folder, `${file}.sha256`));
      const bytes = sum === undefined ? undefined : await readIfThere(join(folder, file));
      if (sum === undefined || bytes === undefined) return undefined;
      return new TextDecoder().decode(sum) === sumOf(file, bytes) ? bytes : undefined;
    },
    async write(file, bytes) {
      await writeFileAtomic(join(folder, file), bytes);
      await writeFileAtomic(join(folder, `${file}.sha256`), sumOf(file, bytes));
    },
  };
}

/** Node reads less than 2 GiB at a time. */
const PIECE = 1 << 28;

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(path);
    try {
      const bytes = new Uint8Array((await handle.stat()).size);
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await handle.read(bytes, at, Math.min(PIECE, bytes.length - at));
        if (bytesRead === 0) return undefined;
        at += bytesRead;
      }
      return bytes;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw storeError(error, path);
  }
}
