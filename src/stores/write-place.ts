/** Writes one file, wherever its place is. */
import { writeFileAtomic } from "./atomic-file.ts";
import { openStore } from "./open-store.ts";
import { checkedFilePlace, isRemote } from "./place.ts";

/**
 * Writes or replaces a file on a local disk, or a blob (`az://account/container/path`), in one step.
 * @throws SERVICE_STORE, SERVICE_BLOB_*, USAGE_STORE_PLACE, USAGE_STORE_PATH, USAGE_STORE_SECRET
 */
export async function writePlace(place: string, content: Uint8Array): Promise<void> {
  if (!isRemote(place)) return await writeFileAtomic(place, content);
  const file = checkedFilePlace(".", place);
  const name = file.lastIndexOf("/");
  const store = await openStore(file.slice(0, name));
  await store.replace(file.slice(name + 1), content);
}
