/** A place as a pipeline or a command names it: a path on a local disk, or `az://account/container/path`. */
import { resolve } from "node:path";

/** Whether a place names a remote store ("az://…"), whatever its scheme. */
export function isRemote(place: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(place);
}

/** The place as seen from a folder: a relative path is put after it, a remote place stays as it is. */
export function resolvePlace(base: string, place: string): string {
  if (isRemote(place)) return place;
  if (!isRemote(base)) return resolve(base, place);
  return place === "." || place === "" ? base : `${base.replace(/\/+$/, "")}/${place}`;
}
