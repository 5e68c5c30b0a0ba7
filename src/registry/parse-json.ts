/** JSON from a registry that anybody may have written to: bounded in length and depth, so that no text costs memory or stack. */

/** Far more than any manifest needs. */
const MOST_BYTES = 1 << 24;
const DEEPEST = 100;

/** The value; undefined for what is no JSON, longer than 16 MiB, or nested deeper than 100 levels. */
export function parseJson(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined || bytes.length > MOST_BYTES || isTooDeep(bytes)) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText && byte === BACKSLASH) at++;
    else if (byte === QUOTE) inText = !inText;
    else if (inText) continue;
    else if (OPENING.includes(byte) && ++depth > DEEPEST) return true;
    else if (CLOSING.includes(byte)) depth--;
  }
  return false;
}
