/** Stage results under the hash of what they depend on: whole or absent, checked when read, safe for several runs at once. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { storeError, writeFileInPlace } from "../stores/atomic-file.ts";
import { systemCode } from "../stores/system-code.ts";

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
      await writeFileInPlace(join(folder, file), bytes);
      await writeFileInPlace(join(folder, `${file}.sha256`), sumOf(file, bytes));
    },
  };
}

/** Node reads less than 2 GiB at a time. */
const PIECE = 1 << 28;

/** No file, links in a circle, a socket. */
const damage: ReadonlySet<string> = new Set(["ENOENT", "ELOOP", "ENXIO"]);

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    // Without O_NONBLOCK a pipe that was put here would be waited for; Windows knows no such flag.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      // Said before it is computed again: no file can be put in place of a folder.
      if (info.isDirectory()) throw folderInPlace(path);
      if (!info.isFile()) return undefined;
      const bytes = new Uint8Array(info.size);
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
    if (damage.has(systemCode(error) ?? "")) return undefined;
    throw storeError(error, path);
  }
}

function folderInPlace(path: string): ForewarnError {
  return new ForewarnError("SERVICE_STORE_NOT_A_FILE", {
    problem: "a stage's result cannot be read",
    expected: "a file, or nothing yet",
    found: "a folder",
    where: path,
    hint: "move it out of the cache; what it stands for is computed again",
  });
}
