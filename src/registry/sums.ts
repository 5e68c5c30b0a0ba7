/** SHA256SUMS: one line a file, "<sha-256>  <path>", sorted by path, as `sha256sum --check` reads it. */
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { compareBytes } from "../core/order.ts";

/** The text for a set of files. */
export function sumsText(files: ReadonlyMap<string, Uint8Array>): string {
  return [...files]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([path, content]) => `${sha256(content)}  ${path}\n`)
    .join("");
}

/** Room for a hundred thousand files. */
const MOST_BYTES = 1 << 24;

/** The sums by path. @throws REGISTRY_SUMS_UNREADABLE */
export function parseSums(bytes: Uint8Array, where: string): Map<string, string> {
  const sums = new Map<string, string>();
  if (bytes.length > MOST_BYTES) throw unreadable(where, `${bytes.length} bytes`);
  const lines = new TextDecoder().decode(bytes).split("\n");
  const last = lines.pop();
  for (const line of lines) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (match === null || sums.has(match[2])) throw unreadable(where, line);
    sums.set(match[2], match[1]);
  }
  if (last !== "" || sums.size === 0) throw unreadable(where, last ?? "");
  return sums;
}

function unreadable(where: string, line: string): ForewarnError {
  return new ForewarnError("REGISTRY_SUMS_UNREADABLE", {
    problem: "the list of sums cannot be read",
    expected: 'one line a file: "<sha-256>  <path>"',
    found: JSON.stringify(line.slice(0, 200)),
    where,
  });
}
