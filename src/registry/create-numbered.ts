/** The numbered things of a registry, a version's claim or an alias's entry: listing them all and creating the next one. */
import { ForewarnError } from "../core/errors.ts";
import type { Store } from "../stores/store.ts";
import { HIGHEST_NUMBER } from "./names.ts";

/**
 * What `list` gives, without the gaps that come of creation while it goes on: a listing may show a number that was just created and not
 * the one created before it. Numbers are created one after another, so whatever is below the last of one listing is in the next one.
 */
export async function listWithoutGaps<T>(list: () => Promise<Map<number, T>>): Promise<Map<number, T>> {
  const first = await list();
  const last = [...first.keys()].reduce((highest, number) => Math.max(highest, number), 0);
  if (first.size === last) return first;
  return new Map([...(await list())].filter(([number]) => number <= last));
}

/**
 * The number after the last one; 1 after none.
 * @param folder where the numbers are, for messages
 * @throws REGISTRY_NUMBERS_USED_UP
 */
export function numberAfter(last: number | undefined, folder: string): number {
  const next = (last ?? 0) + 1;
  if (next <= HIGHEST_NUMBER) return next;
  throw new ForewarnError("REGISTRY_NUMBERS_USED_UP", {
    problem: "there is no number after this one",
    expected: `numbers up to ${HIGHEST_NUMBER}`,
    found: String(last),
    where: folder,
    hint: "if no publication made it, move it out of the registry",
  });
}

/**
 * Creates a file that a number stands for; false if somebody else has created it.
 * @throws REGISTRY_PATH_TAKEN when something stands there that no listing shows: to look for the next number again would never end
 */
export async function createNumbered(store: Store, path: string, content: Uint8Array): Promise<boolean> {
  const created = await store.createIfAbsent(path, content);
  // From the top, as the numbers are listed: a folder that is a link is followed only where a listing begins.
  if ((await store.list(path.slice(0, path.indexOf("/")))).includes(path)) return created;
  throw new ForewarnError("REGISTRY_PATH_TAKEN", {
    problem: "something that is no part of the registry stands where it keeps a file",
    expected: "a file in real folders, or nothing",
    found: "a folder, a link, or a folder that is a link",
    where: `${store.location}/${path}`,
    hint: "move it out of the registry; where a folder is a link, put the folder itself in its place",
  });
}
