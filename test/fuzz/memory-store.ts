/** A store in memory, for registries that are harmed many times a second. */

import { sha256 } from "../../src/core/json.ts";
import { compareBytes } from "../../src/core/order.ts";
import type { Store } from "../../src/stores/store.ts";

export function memoryStore(files: Map<string, Uint8Array>): Store {
  const below = (folder: string) =>
    [...files.keys()].filter((path) => folder === "" || path.startsWith(`${folder}/`)).sort(compareBytes);
  const bytesOf = (content: Uint8Array | string) =>
    typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    location: "memory",
    list: async (folder) => below(folder),
    files: async (folder) =>
      below(folder).map((path) => ({ path, bytes: files.get(path)!.length, etag: sha256(files.get(path)!) })),
    leftovers: async () => [],
    read: async (path) => files.get(path),
    async readRange(path, { offset, bytes }) {
      return files.get(path)!.slice(offset, offset + bytes);
    },
    async createIfAbsent(path, content) {
      if (files.has(path)) return false;
      files.set(path, bytesOf(content));
      return true;
    },
    async replace(path, content) {
      files.set(path, bytesOf(content));
    },
    async append(path, text) {
      files.set(path, new Uint8Array(Buffer.concat([files.get(path) ?? new Uint8Array(), bytesOf(text)])));
    },
  };
}
