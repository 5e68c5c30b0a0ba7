/** The files of a version that stands for a name, and what is seen of a version that was read. */
import { hashJson, sha256 } from "../../../src/core/json.ts";
import type { RegisteredVersion } from "../../../src/registry/versions.ts";
import type { SeenVersion } from "./registry-operation.ts";

/** A few files of several sizes, one of them in a folder; the same for the same name. */
export function contentFiles(content: string): Map<string, Uint8Array> {
  const bytes = (name: string, length: number) => new TextEncoder().encode(`${name} of ${content} `.repeat(length));
  return new Map([
    ["model.onnx", bytes("model.onnx", 4000)],
    ["model.json", bytes("model.json", 500)],
    ["report.html", bytes("report.html", 1)],
    ["tfjs/model.json", bytes("tfjs", 20)],
  ]);
}

export function seenVersion({ version, manifest, files }: RegisteredVersion): SeenVersion {
  const sums = [...files].map(([path, bytes]) => `${path} ${sha256(bytes)}`).sort();
  return { version, digest: hashJson([manifest, sums]), content: String(manifest["content"]) };
}
