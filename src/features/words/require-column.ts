/** Checks the name of an earlier feature's column. */
import { ForewarnError } from "../../core/errors.ts";
import { didYouMean } from "../../core/suggest.ts";

/**
 * @param before the columns of the features that stand before the one that is planned
 * @throws PIPELINE_UNKNOWN_COLUMN
 */
export function requireColumn(before: readonly string[], column: string, where: string): void {
  if (before.includes(column)) return;
  throw new ForewarnError("PIPELINE_UNKNOWN_COLUMN", {
    problem: "no feature before this one has such a column",
    found: column,
    where,
    hint: didYouMean(column, before) ?? "features are made of those that stand before them in the list",
  });
}
