/** What windows that start anew at the last record of a table read beside their own rows. */
import type { Reach, Read } from "../feature.ts";
import type { FleetSchema } from "../schema.ts";
import { requireTable } from "./known.ts";

export interface ResetReads {
  /** The table, where there is one. */
  resets: Read[];
  /** The part of a column's reach. */
  since: Pick<Reach, "since">;
}

/** @throws PIPELINE_UNKNOWN_TABLE */
export function resetReads(schema: FleetSchema, resetOn: string | undefined, word: string): ResetReads {
  if (resetOn === undefined) return { resets: [], since: {} };
  requireTable(schema, resetOn, word);
  return { resets: [{ table: resetOn }], since: { since: { table: resetOn } } };
}
