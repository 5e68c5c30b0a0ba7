/** Publishing: a version is claimed, filled, and exists from the moment its manifest does. The same content is the same version. */
import { ForewarnError } from "../core/errors.ts";
import { canonicalJson, sha256 } from "../core/json.ts";
import { checkStorePath, type Store } from "../stores/store.ts";
import { CLAIM, claimedSums } from "./claim.ts";
import { createNumbered, numberAfter } from "./create-numbered.ts";
import { checkModelName } from "./names.ts";
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
 * damaged since; REGISTRY_PATH_TAKEN, REGISTRY_NUMBERS_USED_UP when no number can be claimed.
 */
export async function publishVersion(store: Store, request: PublishRequest): Promise<Published> {
  const { model } = request;
  checkModelName(model);
  const files = allFiles(request);
  const sums = sumsText(files);
  const id = sha256(sums);
  const claim = bytesOf({ sums: id, when: request.now.toISOString(), who: request.who, run: request.run });
  const result = (version: number, created: boolean): Published => ({
    model,
    version,
    created,
    path: `${store.location}/${model}/${version}`,
  });
  const seen = new Set<number>();
  for (;;) {
    const { claimed, versions } = await listNumbers(store, model);
    for (const number of claimed.filter((each) => !seen.has(each))) {
      seen.add(number);
      const ours = (await claimedSums(store, model, number)) === id;
      if (versions.includes(number)) {
        // The list of sums may be the very file that is damaged or gone; the claim still tells whose content it was.
        if (!ours && !(await hasSums(store, model, number, sums))) continue;
        await readVersion(store, model, number);
        return result(number, false);
      }
      // A claim on this very content, left by a killed run or being filled by another process: both can fill it with the same bytes.
      if (ours && (await fill(store, `${model}/${number}`, files, sums))) return result(number, true);
    }
    const next = numberAfter(claimed.at(-1), `${store.location}/${model}`);
    if (await createNumbered(store, `${model}/${next}/${CLAIM}`, claim)) {
      seen.add(next);
      if (await fill(store, `${model}/${next}`, files, sums)) return result(next, true);
    }
  }
}

function allFiles(request: PublishRequest): Map<string, Uint8Array> {
  for (const path of request.files.keys()) {
    checkStorePath(path);
    if ([CLAIM, SUMS, MANIFEST].includes(path)) {
      throw new ForewarnError("REGISTRY_FILES", {
        problem: "a file has a name that the registry itself writes",
        found: path,
        where: request.model,
      });
    }
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
  for (const [path, content] of [...inOrder, [MANIFEST, last] as const]) {
    if (await store.createIfAbsent(`${folder}/${path}`, content)) continue;
    const present = await store.read(`${folder}/${path}`);
    if (present === undefined || sha256(present) !== sha256(content)) return false;
  }
  return true;
}

async function hasSums(store: Store, model: string, version: number, sums: string): Promise<boolean> {
  const present = await store.read(`${model}/${version}/${SUMS}`);
  return present !== undefined && new TextDecoder().decode(present) === sums;
}

function bytesOf(value: unknown): Uint8Array {
  return encode(`${canonicalJson(value, 2)}\n`);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
