/** Which versions are seen to be damaged without reading all their files. */
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { inParallel } from "../stores/in-parallel.ts";
import type { Store } from "../stores/store.ts";
import { readClaim } from "./claim.ts";
import { READS_AT_ONCE } from "./reads-at-once.ts";
import { parseSums } from "./sums.ts";
import { listNumbers, MANIFEST, manifestOf, SUMS } from "./versions.ts";

/** Those of which a file is missing, the manifest has changed or is another model's, or the list of sums is not the one that was published. */
export async function damagedVersions(store: Store, model: string, versions: readonly number[]): Promise<number[]> {
  const { files } = await listNumbers(store, model);
  const whole = await inParallel(versions, READS_AT_ONCE, (version) =>
    looksWhole(store, model, version, files.get(version) ?? new Set()),
  );
  return versions.filter((_, i) => !whole[i]);
}

async function looksWhole(store: Store, model: string, version: number, names: ReadonlySet<string>): Promise<boolean> {
  if (!names.has(MANIFEST) || !names.has(SUMS)) return false;
  const manifest = await store.read(`${model}/${version}/${MANIFEST}`);
  const text = await store.read(`${model}/${version}/${SUMS}`);
  const sums = text === undefined ? undefined : readableSums(text);
  if (manifest === undefined || text === undefined || sums === undefined) return false;
  const claim = await readClaim(store, model, version, names);
  return (
    (claim === undefined || (claim.sums === sha256(text) && claim.elsewhere === undefined)) &&
    sums.get(MANIFEST) === sha256(manifest) &&
    manifestOf(manifest)?.["model"] === model &&
    [...sums.keys()].every((path) => names.has(path))
  );
}

function readableSums(text: Uint8Array): Map<string, string> | undefined {
  try {
    return parseSums(text, SUMS);
  } catch (error) {
    if (error instanceof ForewarnError && error.code === "REGISTRY_SUMS_UNREADABLE") return undefined;
    throw error;
  }
}
