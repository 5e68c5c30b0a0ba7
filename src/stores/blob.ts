/** A store in a container of Azure blob storage. */
import { ForewarnError } from "../core/errors.ts";
import type { Store } from "./store.ts";

/** @throws USAGE_STORE_PLACE */
export function blobStore(place: string): Store {
  throw new ForewarnError("USAGE_STORE_PLACE", {
    problem: "the place names a remote store that is not known",
    expected: "a folder on a local disk",
    found: place,
  });
}
