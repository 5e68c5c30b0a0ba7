/** Stage results under the hash of what they depend on: whole or absent, checked when read, safe for several runs at once. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../core/json.ts";
import { writeFileAtomic } from "../stores/atomic-file.ts";

export interface StageCache {
  /** Whether a finished result stands under the key. */
  has(file: string): Promise<boolean>;
  /** The stored bytes, or undefined where there are none or they are damaged. */
  read(file: string): Promise<Uint8Array | undefined>;
  write(file: string, bytes: Uint8Array): Promise<void>;
}

/** A cache in a folder. A result exists once its checksum does, which is written last. */
export function stageCache(folder: string): StageCache {
  const sumPath = (file: string) => join(folder, `${file}.sha256`);
  return {
    has: async (file) => (await readIfThere(sumPath(file))) !== undefined,
    async read(file) {
      const [sum, bytes] = await Promise.all([readIfThere(sumPath(file)), readIfThere(join(folder, file))]);
      const whole = sum !== undefined && bytes !== undefined && new TextDecoder().decode(sum).trim() === sha256(bytes);
      return whole ? bytes : undefined;
    },
    async write(file, bytes) {
      await mkdir(folder, { recursive: true });
      await writeFileAtomic(join(folder, file), bytes);
      await writeFileAtomic(sumPath(file), `${sha256(bytes)}\n`);
    },
  };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
