/** The hash of a pipeline file with all the files it imports by a relative path. */
import { readFile } from "node:fs/promises";
import { hashJson, sha256 } from "../core/json.ts";
import { compareBytes } from "../core/order.ts";

/** Hash over the texts of the file and of what it reaches by relative imports, in the order of their texts' hashes. */
export async function hashSources(file: URL): Promise<string> {
  const sums = new Map<string, string>();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (sums.has(next.href)) continue;
    // What looks like an import may stand in a comment.
    const text = await readFile(next, "utf8").catch(() => "");
    sums.set(next.href, sha256(text));
    for (const match of text.matchAll(/(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g))
      waiting.push(new URL(match[1], next));
  }
  return hashJson([...sums.values()].sort(compareBytes));
}
