/** Reading what a registry holds: which versions exist, whether their files are whole, and the files themselves, checked first. */
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
import { inParallel } from "../stores/in-parallel.ts";
import type { Store } from "../stores/store.ts";
import { CLAIM, readClaim } from "./claim.ts";
import { listWithoutGaps } from "./create-numbered.ts";
import { checkModelName, isModelName, parseVersion } from "./names.ts";
import { parseJson } from "./parse-json.ts";
import { READS_AT_ONCE } from "./reads-at-once.ts";
import { parseSums } from "./sums.ts";

export const SUMS = "SHA256SUMS";
export const MANIFEST = "manifest.json";

/** The state of one file of a version. */
export interface FileCheck {
  path: string;
  /**
   * "unlisted": SHA256SUMS does not know it. "misplaced": it says that it belongs to another version. "leftover": a killed process left it;
   * it harms nobody and may be removed.
   */
  state: "ok" | "damaged" | "missing" | "unlisted" | "misplaced" | "leftover";
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

/** All numbers that were ever claimed and, of these, the versions that exist; both ascending. And the files of each number, by their paths in it. */
export async function listNumbers(
  store: Store,
  model: string,
): Promise<{ claimed: number[]; versions: number[]; files: ReadonlyMap<number, ReadonlySet<string>> }> {
  checkModelName(model);
  const files = await listWithoutGaps(() => numbersOf(store, model));
  const claimed = [...files.keys()].sort((a, b) => a - b);
  return { claimed, versions: claimed.filter((number) => files.get(number)!.has(MANIFEST)), files };
}

async function numbersOf(store: Store, model: string): Promise<Map<number, Set<string>>> {
  const numbers = new Map<number, Set<string>>();
  for (const path of await store.list(model)) {
    const [, number, ...rest] = path.split("/");
    const version = parseVersion(number);
    if (version === undefined || rest.length === 0) continue;
    if (!numbers.has(version)) numbers.set(version, new Set());
    numbers.get(version)!.add(rest.join("/"));
  }
  return numbers;
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
 * @throws REGISTRY_MODEL_UNKNOWN, REGISTRY_VERSION_UNKNOWN, REGISTRY_SUM_MISMATCH, REGISTRY_SUMS_UNREADABLE, REGISTRY_MANIFEST_UNREADABLE,
 * REGISTRY_MISPLACED when the folder was copied or renamed
 */
export async function readVersion(store: Store, model: string, version: number): Promise<RegisteredVersion> {
  const { files, content, manifest, elsewhere } = await readFiles(store, model, version);
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
  if (manifest === undefined) {
    throw new ForewarnError("REGISTRY_MANIFEST_UNREADABLE", {
      problem: "a manifest cannot be read",
      expected: "a JSON object, of a sensible size and depth",
      where: `${path}/${MANIFEST}`,
    });
  }
  if (elsewhere !== undefined) {
    throw new ForewarnError("REGISTRY_MISPLACED", {
      problem: "a version's folder holds another version",
      expected: `${model}@${version}`,
      found: elsewhere,
      where: path,
      hint: "folders of a registry cannot be copied or renamed: remove it, and publish the model again under the name it is to have",
    });
  }
  content.delete(MANIFEST);
  return { model, version, path, manifest, files: content };
}

interface ReadFiles {
  files: FileCheck[];
  /** Of the files that are as published. */
  content: Map<string, Uint8Array>;
  manifest?: Record<string, unknown>;
  /** The version that claim or manifest say it is, where that is another one. */
  elsewhere?: string;
}

async function readFiles(store: Store, model: string, version: number): Promise<ReadFiles> {
  await requireVersion(store, model, version);
  const folder = `${model}/${version}`;
  const present = (await store.list(folder)).map((path) => path.slice(folder.length + 1));
  const names = new Set(present);
  const text = names.has(SUMS) ? await store.read(`${folder}/${SUMS}`) : undefined;
  if (text === undefined) return { files: [{ path: SUMS, state: "missing" }], content: new Map() };
  const sums = parseSums(text, `${store.location}/${folder}/${SUMS}`);
  const claim = await readClaim(store, model, version, names);
  const content = new Map<string, Uint8Array>();
  const files: FileCheck[] = [];
  const listed = [...sums.keys()];
  // Only names that the folder really holds are opened, whatever the list of sums says.
  const read = await inParallel(listed, READS_AT_ONCE, async (path) =>
    names.has(path) ? await store.read(`${folder}/${path}`) : undefined,
  );
  for (const [i, path] of listed.entries()) {
    const bytes = read[i];
    if (bytes === undefined) files.push({ path, state: "missing" });
    else if (sha256(bytes) !== sums.get(path)) files.push({ path, state: "damaged" });
    else {
      files.push({ path, state: "ok" });
      content.set(path, bytes);
    }
  }
  if (claim !== undefined && claim.sums !== sha256(text)) files.push({ path: SUMS, state: "damaged" });
  if (claim === undefined) files.push({ path: CLAIM, state: names.has(CLAIM) ? "damaged" : "missing" });
  if (!sums.has(MANIFEST)) files.push({ path: MANIFEST, state: "damaged" });
  for (const path of present) {
    if (path !== CLAIM && path !== SUMS && path !== MANIFEST && !sums.has(path))
      files.push({ path, state: "unlisted" });
  }
  for (const path of await store.leftovers(folder)) {
    files.push({ path: path.slice(folder.length + 1), state: "leftover" });
  }
  const manifest = manifestOf(content.get(MANIFEST));
  // Where there is no manifest at all, that is said already.
  const named = manifest === undefined ? model : manifest["model"];
  if (claim?.elsewhere !== undefined) files.push({ path: CLAIM, state: "misplaced" });
  if (named !== model) files.push({ path: MANIFEST, state: "misplaced" });
  const elsewhere = claim?.elsewhere ?? (named === model ? undefined : `a version of ${JSON.stringify(named)}`);
  return { files, content, manifest, elsewhere };
}

/** A manifest as an object; undefined where it is none. */
export function manifestOf(bytes: Uint8Array | undefined): Record<string, unknown> | undefined {
  const value = parseJson(bytes);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
