/** A place as a pipeline or a command names it: a path on a local disk, or `az://account/container/path`. */
import { isAbsolute, resolve } from "node:path";
import { blobAddress, blobPlace, refuseSecrets } from "./blob-address.ts";

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
  const resolved = resolvePlace(base, place);
  return isRemote(resolved) ? blobPlace(blobAddress(resolved)) : resolved;
}
