/** The rows whose label is known. */
import { CENSORED } from "../labels/labels.ts";
import type { SplitRows } from "./rows.ts";

/** Indices of the rows that are not censored, ascending; of those in `among` where that is given. */
export function knownRows({ state }: SplitRows, among?: Uint32Array): Uint32Array {
  if (among !== undefined) return among.filter((row) => state[row] !== CENSORED);
  const known = new Uint32Array(state.length);
  let count = 0;
  for (let row = 0; row < state.length; row++) {
    if (state[row] !== CENSORED) known[count++] = row;
  }
  return known.slice(0, count);
}
