/** Reading what a registry holds: which versions exist, whether their files are whole, and the files themselves, checked first. */
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Store } from "../stores/store.ts";
import { CLAIM, claimedSums } from "./claim.ts";
import { checkModelName, isModelName, parseVersion } from "./names.ts";
import { parseSums } from "./sums.ts";

export const SUMS = "SHA256SUMS";
export const MANIFEST = "manifest.json";

/** The state of one file of a version. */
export interface FileCheck {
  path: string;
  /** "unlisted": SHA256SUMS does not know it. "leftover": a killed process left it; it harms nobody and may be removed. */
  state: "ok" | "damaged" | "missing" | "unlisted" | "leftover";
}

export interface VersionCheck {
  model: string;
  version: number;
  /** Every file is "ok" but for leftovers. */
  passed: boolean;
  files: readonly FileCheck[];
}

/** A version whose files agree with their sums. */
export interface RegisteredVersion {
  model: string;
  version: number;
  /** Where its folder is, for messages. */
  path: string;
  manifest: Readonly<Record<string, unknown>>;
  /** The content by path, `manifest.json` and `SHA256SUMS` left out. */
  files: ReadonlyMap<string, Uint8Array>;
}

/** All numbers that were ever claimed and, of these, the versions that exist; both ascending. */
export async function listNumbers(store: Store, model: string): Promise<{ claimed: number[]; versions: number[] }> {
  checkModelName(model);
  const claimed = new Set<number>();
  const versions = new Set<number>();
  for (const path of await store.list(model)) {
    const [, number, ...rest] = path.split("/");
    const version = parseVersion(number);
    if (version === undefined || rest.length === 0) continue;
    claimed.add(version);
    if (rest.join("/") === MANIFEST) versions.add(version);
  }
  const ascending = (a: number, b: number) => a - b;
  return { claimed: [...claimed].sort(ascending), versions: [...versions].sort(ascending) };
}

/** The names of all models that have a version, sorted by bytes. */
export async function listModels(store: Store): Promise<string[]> {
  const models = new Set<string>();
  for (const path of await store.list("")) {
    const [model, version, file, ...rest] = path.split("/");
    if (file === MANIFEST && rest.length === 0 && parseVersion(version) !== undefined) models.add(model);
  }
  return [...models].filter(isModelName);
}

/** @throws REGISTRY_MODEL_UNKNOWN, REGISTRY_VERSION_UNKNOWN unless the version exists, or any version if none is named. */
export async function requireVersion(store: Store, model: string, version?: number): Promise<number> {
  const { versions } = await listNumbers(store, model);
  const latest = versions.at(-1);
  if (latest === undefined) {
    throw new ForewarnError("REGISTRY_MODEL_UNKNOWN", {
      problem: "the registry has no version of this model",
      found: model,
      where: store.location,
      hint: didYouMean(model, await listModels(store)),
    });
  }
  if (version === undefined) return latest;
  if (versions.includes(version)) return version;
  throw new ForewarnError("REGISTRY_VERSION_UNKNOWN", {
    problem: "the model has no such version",
    expected: `one of ${versions.slice(-12).join(", ")}`,
    found: String(version),
    where: `${store.location}/${model}`,
  });
}

/** Compares every file with its sum. @throws REGISTRY_MODEL_UNKNOWN, REGISTRY_VERSION_UNKNOWN */
export async function verifyVersion(store: Store, model: string, version: number): Promise<VersionCheck> {
  const { files } = await readFiles(store, model, version);
  return { model, version, passed: files.every(({ state }) => state === "ok" || state === "leftover"), files };
}

/**
 * The files of a version, after every one was found to agree with its sum.
 * @throws REGISTRY_MODEL_UNKNOWN, REGISTRY_VERSION_UNKNOWN, REGISTRY_SUM_MISMATCH, REGISTRY_MANIFEST_UNREADABLE
 */
export async function readVersion(store: Store, model: string, version: number): Promise<RegisteredVersion> {
  const { files, content } = await readFiles(store, model, version);
  const path = `${store.location}/${model}/${version}`;
  // An unlisted file is none of the version's: `verify` reports it, nobody is handed it. A claim says who published, not what.
  const bad = files.find(({ path: file, state }) => file !== CLAIM && (state === "damaged" || state === "missing"));
  if (bad !== undefined) {
    throw new ForewarnError("REGISTRY_SUM_MISMATCH", {
      problem: `a registered file is ${bad.state}`,
      expected: "the file that was published",
      where: `${path}/${bad.path}`,
      hint: "restore the file from a backup, or roll the alias back to another version",
    });
  }
  const manifest = readManifest(content.get(MANIFEST), `${path}/${MANIFEST}`);
  content.delete(MANIFEST);
  return { model, version, path, manifest, files: content };
}

async function readFiles(
  store: Store,
  model: string,
  version: number,
): Promise<{ files: FileCheck[]; content: Map<string, Uint8Array> }> {
  await requireVersion(store, model, version);
  const folder = `${model}/${version}`;
  const present = (await store.list(folder)).map((path) => path.slice(folder.length + 1));
  const text = await store.read(`${folder}/${SUMS}`);
  if (text === undefined) return { files: [{ path: SUMS, state: "missing" }], content: new Map() };
  const sums = parseSums(new TextDecoder().decode(text), `${store.location}/${folder}/${SUMS}`);
  const claimed = await claimedSums(store, model, version);
  const content = new Map<string, Uint8Array>();
  const files: FileCheck[] = [];
  for (const [path, sum] of sums) {
    // Only names that the folder really holds are opened, whatever the list of sums says.
    const bytes = present.includes(path) ? await store.read(`${folder}/${path}`) : undefined;
    if (bytes === undefined) files.push({ path, state: "missing" });
    else if (sha256(bytes) !== sum) files.push({ path, state: "damaged" });
    else {
      files.push({ path, state: "ok" });
      content.set(path, bytes);
    }
  }
  if (claimed !== undefined && claimed !== sha256(text)) files.push({ path: SUMS, state: "damaged" });
  if (claimed === undefined) files.push({ path: CLAIM, state: present.includes(CLAIM) ? "damaged" : "missing" });
  if (!sums.has(MANIFEST)) files.push({ path: MANIFEST, state: "damaged" });
  for (const path of present) {
    if (path !== CLAIM && path !== SUMS && path !== MANIFEST && !sums.has(path))
      files.push({ path, state: "unlisted" });
  }
  for (const path of await store.leftovers(folder)) {
    files.push({ path: path.slice(folder.length + 1), state: "leftover" });
  }
  return { files, content };
}

function readManifest(bytes: Uint8Array | undefined, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ForewarnError("REGISTRY_MANIFEST_UNREADABLE", {
    problem: "a manifest cannot be read",
    expected: "a JSON object",
    where,
  });
}
