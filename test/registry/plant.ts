/** A version put into a registry by hand, with a claim and sums that agree with whatever it holds. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../../src/core/json.ts";
import { sumsText } from "../../src/registry/sums.ts";
import { bytesOf } from "./in-registry.ts";

export interface Planted {
  model?: string;
  version?: number;
  /** The content of manifest.json. Default: a good one. */
  manifest?: string | Uint8Array;
  /** The content of SHA256SUMS. Default: the sums of all files. */
  sums?: string;
  /** The content of the claim. Default: one for these sums. */
  claim?: string;
  files?: Readonly<Record<string, string>>;
}

/** Gives the version's folder. */
export async function plant(folder: string, planted: Planted = {}): Promise<string> {
  const { model = "pump", version = 1, files = { "model.json": "{}" } } = planted;
  const text = planted.manifest ?? JSON.stringify({ model });
  const content = new Map(Object.entries(files).map(([path, each]) => [path, bytesOf(each)]));
  content.set("manifest.json", typeof text === "string" ? bytesOf(text) : text);
  const sums = planted.sums ?? sumsText(content);
  content.set("SHA256SUMS", bytesOf(sums));
  content.set("claim", bytesOf(planted.claim ?? JSON.stringify({ sums: sha256(sums), model, version })));
  const home = join(folder, model, String(version));
  for (const [path, bytes] of content) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), bytes);
  }
  return home;
}
