/** What tells one content of a local file from the next without reading it. */
import { stat } from "node:fs/promises";

/** The size of a file, and a tag of its inode, size and times in nanoseconds, which no write leaves as it was. */
export async function fileState(location: string): Promise<{ bytes: number; etag: string }> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(location, { bigint: true });
  return { bytes: Number(size), etag: [dev, ino, size, mtimeNs, ctimeNs].join("-") };
}
