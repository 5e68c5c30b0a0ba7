/** The file by which a publisher takes a version's number: when, who, which run, and the hash of the list of sums to come. */
import type { Store } from "../stores/store.ts";

export const CLAIM = "claim";

/** The hash of the list of sums that a claim was made for; undefined where there is no claim that can be read. */
export async function claimedSums(store: Store, model: string, number: number): Promise<string | undefined> {
  const claim = await store.read(`${model}/${number}/${CLAIM}`);
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(claim));
    if (typeof value === "object" && value !== null && "sums" in value && typeof value.sums === "string")
      return value.sums;
  } catch {
    // No JSON at all.
  }
  return undefined;
}
