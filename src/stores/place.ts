/** A place as a pipeline or a command names it: a path on a local disk, or `az://account/container/path`. */
import { isAbsolute, resolve } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import { blobAddress, blobPlace, refuseSecrets } from "./blob-address.ts";
import { checkStorePath } from "./store.ts";

/** Whether a place names a remote store ("az://…"), whatever its scheme. */
export function isRemote(place: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(place);
}

/** The place as seen from a folder: a relative path is put after it; a remote place and an absolute path stay as they are. */
export function resolvePlace(base: string, place: string): string {
  if (isRemote(place) || (isRemote(base) && isAbsolute(place))) return place;
  if (!isRemote(base)) return resolve(base, place);
  return place === "." || place === "" ? base : `${base.replace(/\/+$/, "")}/${place.replace(/^(?:\.\/+)+/, "")}`;
}

/**
 * A place that somebody gave, as seen from a folder: an absolute path, or an address of blob storage.
 * @throws USAGE_STORE_PLACE for a remote place that is not known, USAGE_STORE_SECRET for one that holds a key or a signature
 */
export function checkedPlace(base: string, place: string): string {
  refuseSecrets(place);
  if (/^az:/i.test(place) && !isRemote(place)) {
    throw new ForewarnError("USAGE_STORE_PLACE", {
      problem: "a place in blob storage cannot be read",
      expected: "az://account/container/path, with two slashes",
      found: place,
    });
  }
  const resolved = resolvePlace(base, place);
  return isRemote(resolved) ? blobPlace(blobAddress(resolved)) : resolved;
}

/**
 * The place of one file to write, as `checkedPlace` gives it; to be asked for before the work whose result goes there.
 * @throws also USAGE_STORE_PLACE for a container without a path in it, USAGE_STORE_PATH for a name that no store takes
 */
export function checkedFilePlace(base: string, place: string): string {
  const resolved = checkedPlace(base, place);
  if (!isRemote(resolved)) return resolved;
  const { path } = blobAddress(resolved);
  if (path === "")
    throw new ForewarnError("USAGE_STORE_PLACE", {
      problem: "a place names a container, and no file in it",
      expected: "az://account/container/path",
      found: resolved,
      hint: "put the file's name after it",
    });
  checkStorePath(path.slice(path.lastIndexOf("/") + 1));
  return resolved;
}
