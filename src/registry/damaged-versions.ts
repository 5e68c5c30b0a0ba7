/** Which versions are seen to be damaged without reading all their files. */
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import type { Store } from "../stores/store.ts";
import { claimedSums } from "./claim.ts";
import { parseSums } from "./sums.ts";
import { MANIFEST, SUMS } from "./versions.ts";

/** Those of which a file is missing, the manifest has changed, or the list of sums is not the one that was published. */
export async function damagedVersions(store: Store, model: string, versions: readonly number[]): Promise<number[]> {
  const present = new Set(await store.list(model));
  const damaged: number[] = [];
  for (const version of versions) {
    const folder = `${model}/${version}`;
    const sums = await publishedSums(store, model, version);
    const manifest = await store.read(`${folder}/${MANIFEST}`);
    const whole =
      sums !== undefined &&
      manifest !== undefined &&
      sums.get(MANIFEST) === sha256(manifest) &&
      [...sums.keys()].every((path) => present.has(`${folder}/${path}`));
    if (!whole) damaged.push(version);
  }
  return damaged;
}

/** The list of sums; undefined where there is none, one that cannot be read, or another than was claimed. */
async function publishedSums(store: Store, model: string, version: number): Promise<Map<string, string> | undefined> {
  const path = `${model}/${version}/${SUMS}`;
  const text = await store.read(path);
  if (text === undefined) return undefined;
  const claimed = await claimedSums(store, model, version);
  if (claimed !== undefined && claimed !== sha256(text)) return undefined;
  try {
    return parseSums(new TextDecoder().decode(text), `${store.location}/${path}`);
  } catch (error) {
    if (error instanceof ForewarnError && error.code === "REGISTRY_SUMS_UNREADABLE") return undefined;
    throw error;
  }
}
