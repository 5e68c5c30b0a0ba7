/** Whether DuckDB reads a CSV file as `csvRecords` does, as far as a look at its bytes can say. */
import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";

const QUOTE = 0x22;
const CHUNK = 1 << 20;

/**
 * False where a space stands beside a quote, of which DuckDB makes different things in different places, and where bytes are not UTF-8,
 * which it finds in columns that are read only: whether a row is whole must not depend on what else is asked of its file.
 */
export async function isPlainCsv(location: string): Promise<boolean> {
  const handle = await open(location);
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    // What a character or a quote may go on from in the next chunk.
    let kept = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, kept, CHUNK - kept);
      const bytes = buffer.subarray(0, kept + bytesRead);
      if (bytesRead === 0) return isUtf8(bytes);
      if (bytes.includes(QUOTE) && (bytes.includes(' "') || bytes.includes('" '))) return false;
      const begun = unfinished(bytes);
      if (!isUtf8(bytes.subarray(0, bytes.length - begun))) return false;
      kept = Math.max(begun, bytes[bytes.length - 1] < 0x80 ? 1 : 0);
      bytes.copy(buffer, 0, bytes.length - kept);
    }
  } finally {
    await handle.close();
  }
}

/** How many bytes at the end are the beginning of a character. */
function unfinished(bytes: Buffer): number {
  for (let length = 1; length < 4 && length <= bytes.length; length++) {
    const byte = bytes[bytes.length - length];
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > length ? length : 0;
  }
  return 0;
}
