/** Opens the store that a place names. */
import type { BlobStoreOptions } from "./blob.ts";
import { folderStore } from "./folder.ts";
import { checkedPlace, isRemote } from "./place.ts";
import type { Store } from "./store.ts";

/**
 * A folder of a local disk, or `az://account/container/path`. What only a remote store needs is loaded when one is opened.
 * @param options for a remote store
 * @throws USAGE_STORE_PLACE for a place that is neither, SERVICE_BLOB_* for one that cannot be reached
 */
export async function openStore(place: string, options?: BlobStoreOptions): Promise<Store> {
  if (!isRemote(place)) return folderStore(checkedPlace(".", place));
  const { blobStore } = await import("./blob.ts");
  return await blobStore(place, options);
}
