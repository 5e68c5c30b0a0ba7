/** The size and SHA-256 of a file, read as a stream. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";

/** @param beside a further hash that is given the same bytes. Default: none. */
export async function hashFile(location: string, beside?: Hash): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const block of createReadStream(location, { highWaterMark: 1 << 20 })) {
    hash.update(block as Buffer);
    beside?.update(block as Buffer);
    bytes += (block as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}
