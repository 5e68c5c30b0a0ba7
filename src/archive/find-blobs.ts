/** The blobs that a source's path names: one blob, a folder or a glob, with the meaning they have on a local disk. */
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { suggest } from "../core/suggest.ts";
import { blobAddress, blobPlace, refuseSecrets } from "../stores/blob-address.ts";
import { openStore } from "../stores/open-store.ts";
import { checkedPlace, isRemote } from "../stores/place.ts";
import type { Store, StoredFile } from "../stores/store.ts";
import { hasWildcard, isPlain, matchesName } from "./find-pattern.ts";

export interface FoundBlob {
  /** The container. */
  store: Store;
  file: StoredFile;
  /** Relative to the archive's folder; the whole address where the source names one of its own. */
  path: string;
}

/** Opens each container once. */
export function containers(): (place: string) => Promise<Store> {
  const opened = new Map<string, Promise<Store>>();
  return (place) => {
    const store = opened.get(place) ?? openStore(place);
    opened.set(place, store);
    return store;
  };
}

/**
 * Blobs sorted by the bytes of their relative path, found as `findFiles` finds files.
 * @param folder the archive's place
 * @throws PIPELINE_PATH_UNSUPPORTED, DATA_FOLDER_MISSING, DATA_FILES_MISSING, USAGE_STORE_PLACE, USAGE_STORE_SECRET, SERVICE_BLOB_*
 */
export async function findBlobs(
  folder: string,
  path: string,
  format: "csv" | "parquet",
  source: string,
  open: (place: string) => Promise<Store>,
): Promise<FoundBlob[]> {
  refuseSecrets(path);
  if (isRemote(path) && !path.startsWith("az://")) {
    throw new ForewarnError("PIPELINE_PATH_UNSUPPORTED", {
      problem: "the path names a remote store that is not known",
      expected: "a file, a folder or a glob on a local disk, or az://account/container/path",
      found: path,
      where: source,
    });
  }
  const place = checkedPlace(folder, path);
  const address = blobAddress(place);
  const store = await open(blobPlace({ ...address, path: "" }));
  const files = await locate(store, address.path, format);
  if (files.length === 0) throw await blobsMissing(store, address.path, { folder, path, format, source });
  return files
    .map((file) => ({ store, file, path: relativePath(folder, `${store.location}/${file.path}`) }))
    .sort((a, b) => compareBytes(a.path, b.path));
}

async function locate(store: Store, target: string, format: string): Promise<StoredFile[]> {
  const named = await store.files(target);
  if (named.length === 1 && named[0].path === target) return named;
  const below = (folder: string, file: StoredFile) => file.path.slice(folder === "" ? 0 : folder.length + 1);
  if (named.length > 0) {
    return named.filter((file) => {
      const name = below(target, file);
      return !name.includes("/") && isPlain(name) && name.toLowerCase().endsWith(`.${format}`);
    });
  }
  const parts = target.split("/");
  const first = parts.findIndex(hasWildcard);
  if (first === -1) return [];
  const root = parts.slice(0, first).join("/");
  const wanted = parts.slice(first);
  return (await store.files(root)).filter((file) => matches(wanted, below(root, file).split("/")));
}

/**
 * Whether a glob matches a path, part by part. All places in the glob that the path can have reached are followed at once: to try them one
 * after another takes time without end where there are many `**`.
 */
function matches(parts: readonly string[], names: readonly string[]): boolean {
  const wanted = parts[parts.length - 1] === "**" ? [...parts, "*"] : parts;
  let reached = overNoFolder(wanted, [0]);
  for (const name of names) {
    const next = [...reached].flatMap((at) => {
      if (wanted[at] === "**") return isPlain(name) ? [at] : [];
      return at < wanted.length && matchesName(wanted[at], name) ? [at + 1] : [];
    });
    reached = overNoFolder(wanted, next);
  }
  return reached.has(wanted.length);
}

/** The places, and those after a `**` that stands for no folder. */
function overNoFolder(wanted: readonly string[], places: readonly number[]): Set<number> {
  const reached = new Set(places);
  for (const at of reached) if (wanted[at] === "**") reached.add(at + 1);
  return reached;
}

function relativePath(folder: string, address: string): string {
  const root = `${folder.replace(/\/+$/, "")}/`;
  return address.startsWith(root) ? address.slice(root.length) : address;
}

interface Asked {
  folder: string;
  path: string;
  format: string;
  source: string;
}

async function blobsMissing(store: Store, target: string, { folder, path, format, source }: Asked) {
  const parent = target.includes("/") ? target.slice(0, target.lastIndexOf("/")) : "";
  const siblings = (await store.files(parent)).map((file) => file.path.slice(parent === "" ? 0 : parent.length + 1));
  const place = `${store.location}${parent === "" ? "" : `/${parent}`}`;
  if (siblings.length === 0 && place === folder) {
    return new ForewarnError("DATA_FOLDER_MISSING", {
      problem: "there is no such data folder",
      expected: "the folder of the archive",
      found: folder,
      hint: "name it with `data` in the pipeline, or with --data",
    });
  }
  const name = target.slice(target.lastIndexOf("/") + 1);
  const nearest = suggest(name, [...new Set(siblings.map((each) => each.split("/")[0]))]);
  return new ForewarnError("DATA_FILES_MISSING", {
    problem: "no file matches a source's path",
    expected: `a file, a folder with *.${format} files or a glob`,
    found: path,
    where: `${source}, in the folder ${folder}`,
    hint:
      nearest !== undefined && nearest !== name
        ? `did you mean \`${relativePath(folder, `${place}/${nearest}`)}\`?`
        : "give the archive's folder, and paths relative to it",
  });
}
