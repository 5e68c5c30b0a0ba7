/** The file by which a publisher takes a version's number: when, who, which run, for which version, and the hash of the list of sums to come. */
import { z } from "zod";
import type { Store } from "../stores/store.ts";
import { parseJson } from "./parse-json.ts";

export const CLAIM = "claim";

const claimSchema = z.object({
  /** The hash of SHA256SUMS. */
  sums: z.string(),
  /** The version that it claims; claims of older versions of forewarn do not say it. */
  model: z.string().optional(),
  version: z.number().optional(),
});

export interface Claim {
  /** The hash of the list of sums that it was made for. */
  sums: string;
  /** The version that it was made for ("pump@2"), where that is another than the one it lies in: the folder was copied or renamed. */
  elsewhere?: string;
}

/** The claim of a number, which has to be among its listed files; undefined where there is none that can be read. */
export async function readClaim(
  store: Store,
  model: string,
  number: number,
  files: ReadonlySet<string>,
): Promise<Claim | undefined> {
  // What no listing shows, a link or a pipe, is not opened.
  if (!files.has(CLAIM)) return undefined;
  const claim = claimSchema.safeParse(parseJson(await store.read(`${model}/${number}/${CLAIM}`)));
  if (!claim.success) return undefined;
  const { sums, model: claimed = model, version = number } = claim.data;
  return claimed === model && version === number ? { sums } : { sums, elsewhere: `${claimed}@${version}` };
}
