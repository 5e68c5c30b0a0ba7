/** The size and SHA-256 of a file. */
import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";

/** @param beside a further hash that is given the same bytes. Default: none. */
export async function hashFile(location: string, beside?: Hash): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const file = await open(location);
  try {
    let bytes = 0;
    const fill = (block: Uint8Array) => {
      const filled = file.read(block, 0, block.length, null);
      // It may fail while nobody waits for it; whoever does then sees the error.
      filled.catch(() => undefined);
      return filled;
    };
    // The next block is read while this one is hashed; more than these two would only cost the time to get their memory.
    let [block, other] = [new Uint8Array(BLOCK), new Uint8Array(BLOCK)];
    let filled = fill(block);
    for (;;) {
      const { bytesRead } = await filled;
      if (bytesRead === 0) break;
      filled = fill(other);
      hash.update(block.subarray(0, bytesRead));
      beside?.update(block.subarray(0, bytesRead));
      bytes += bytesRead;
      [block, other] = [other, block];
    }
    return { bytes, sha256: hash.digest("hex") };
  } finally {
    await file.close();
  }
}

const BLOCK = 1 << 19;
