/** The size and SHA-256 of a file, read as a stream. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

export async function hashFile(location: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const block of createReadStream(location, { highWaterMark: 1 << 20 })) {
    hash.update(block as Buffer);
    bytes += (block as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex") };
}
