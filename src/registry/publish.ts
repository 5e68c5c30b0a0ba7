/** Publishing: a version is claimed, filled, and exists from the moment its manifest does. The same content is the same version. */
import { ForewarnError } from "../core/errors.ts";
import { canonicalJson, sha256 } from "../core/json.ts";
import { inParallel } from "../stores/in-parallel.ts";
import { checkStorePath, type Store } from "../stores/store.ts";
import { CLAIM, readClaim } from "./claim.ts";
import { createNumbered, numberAfter } from "./create-numbered.ts";
import { checkModelName } from "./names.ts";
import { READS_AT_ONCE } from "./reads-at-once.ts";
import { sumsText } from "./sums.ts";
import { listNumbers, MANIFEST, readVersion, SUMS } from "./versions.ts";

export interface PublishRequest {
  /** @see checkModelName */
  model: string;
  /** The content by path ("model.onnx"), without `manifest.json` and `SHA256SUMS`. */
  files: ReadonlyMap<string, Uint8Array>;
  /** What `manifest.json` says. It is part of the content that makes a version: nothing of one run, such as a clock or a run id. */
  manifest: Readonly<Record<string, unknown>>;
  /** When, kept in the claim. */
  now: Date;
  /** Who publishes, kept in the claim. Default: not said. */
  who?: string;
  /** The run that made the files, kept in the claim. Default: not said. */
  run?: string;
}

export interface Published {
  model: string;
  version: number;
  /** False where this very content was published before: that version is the result. */
  created: boolean;
  /** Where the version's folder is. */
  path: string;
}

/**
 * @throws REGISTRY_NAME, REGISTRY_FILES; REGISTRY_SUM_MISMATCH or REGISTRY_SUMS_UNREADABLE when the version with this content has been
 * damaged since, REGISTRY_MISPLACED when its folder is another's; REGISTRY_PATH_TAKEN, REGISTRY_NUMBERS_USED_UP when no number can be claimed,
 * REGISTRY_NUMBER_SPOILT when something else is written to the numbers that were.
 */
export async function publishVersion(store: Store, request: PublishRequest): Promise<Published> {
  const { model } = request;
  checkModelName(model);
  const files = allFiles(request);
  const sums = sumsText(files);
  const id = sha256(sums);
  const { now, who, run } = request;
  const claimOf = (version: number) => bytesOf({ sums: id, model, version, when: now.toISOString(), who, run });
  const result = (version: number, created: boolean): Published => ({
    model,
    version,
    created,
    path: `${store.location}/${model}/${version}`,
  });
  const seen = new Set<number>();
  for (let spoilt = 0; ; ) {
    const listed = await listNumbers(store, model);
    const unseen = listed.claimed.filter((number) => !seen.has(number));
    const ours = await inParallel(unseen, READS_AT_ONCE, (number) =>
      isFor(store, { model, number, id, files: listed.files.get(number)! }),
    );
    for (const number of unseen.filter((_, i) => ours[i])) {
      if (listed.versions.includes(number)) {
        await readVersion(store, model, number);
        return result(number, false);
      }
      // A claim on this very content, left by a killed run or being filled by another process: both can fill it with the same bytes.
      if (await fill(store, `${model}/${number}`, files, sums)) return result(number, true);
    }
    for (const number of unseen) seen.add(number);
    const next = numberAfter(listed.claimed.at(-1), `${store.location}/${model}`);
    if (await createNumbered(store, `${model}/${next}/${CLAIM}`, claimOf(next))) {
      seen.add(next);
      if (await fill(store, `${model}/${next}`, files, sums)) return result(next, true);
      if (++spoilt === MOST_SPOILT) throw spoiltNumber(`${store.location}/${model}/${next}`);
    }
  }
}

/** Numbers that were claimed and could not be filled; one can be bad luck. */
const MOST_SPOILT = 3;

function spoiltNumber(where: string): ForewarnError {
  return new ForewarnError("REGISTRY_NUMBER_SPOILT", {
    problem: "a version cannot be filled",
    expected: "a number that nobody else writes to",
    found: `other content under the same names, in ${MOST_SPOILT} numbers one after another`,
    where,
    hint: "see who else writes there, and whether two files of the version have names that this store takes for one",
  });
}

function allFiles(request: PublishRequest): Map<string, Uint8Array> {
  const refused = (problem: string, found: string) =>
    new ForewarnError("REGISTRY_FILES", { problem, found: JSON.stringify(found), where: request.model });
  for (const path of request.files.keys()) {
    checkStorePath(path);
    const parts = path.split("/");
    if ([CLAIM, SUMS, MANIFEST].includes(parts[0]))
      throw refused("a file has a name that the registry itself writes", path);
    if (parts.some((_, i) => i > 0 && request.files.has(parts.slice(0, i).join("/"))))
      throw refused("a file lies in a folder that has the name of another file", path);
    // It would be stored, and listed among the sums, under another name.
    if (!path.isWellFormed()) throw refused("a file has a name that is no text", path);
  }
  const manifest = bytesOf({ ...request.manifest, model: request.model });
  return new Map([...request.files, [MANIFEST, manifest]]);
}

/** Writes the files, the sums and, last, the manifest; false if something else stands there, which burns the number. */
async function fill(
  store: Store,
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  sums: string,
): Promise<boolean> {
  const last = files.get(MANIFEST)!;
  const inOrder = [...[...files].filter(([path]) => path !== MANIFEST), [SUMS, encode(sums)] as const];
  let listed: string[] | undefined;
  for (const [path, content] of [...inOrder, [MANIFEST, last] as const]) {
    if (await store.createIfAbsent(`${folder}/${path}`, content)) continue;
    // Another process that fills it writes on meanwhile; a link or a pipe is never listed.
    if (!listed?.includes(`${folder}/${path}`)) listed = await store.list(folder);
    if (!listed.includes(`${folder}/${path}`)) return false;
    const present = await store.read(`${folder}/${path}`);
    if (present === undefined || sha256(present) !== sha256(content)) return false;
  }
  return true;
}

interface Numbered {
  model: string;
  number: number;
  /** The hash of the content's list of sums. */
  id: string;
  files: ReadonlySet<string>;
}

/** Whether a number was claimed for a content. Of a version whose claim is gone the list of sums still tells. */
async function isFor(store: Store, { model, number, id, files }: Numbered): Promise<boolean> {
  const claim = await readClaim(store, model, number, files);
  if (claim !== undefined) return claim.sums === id && claim.elsewhere === undefined;
  if (!files.has(MANIFEST) || !files.has(SUMS)) return false;
  const sums = await store.read(`${model}/${number}/${SUMS}`);
  return sums !== undefined && sha256(sums) === id;
}

function bytesOf(value: unknown): Uint8Array {
  return encode(`${canonicalJson(value, 2)}\n`);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
