/** The error of data that lack what a model needs. */
import { ForewarnError } from "../../core/errors.ts";
import { didYouMean } from "../../core/suggest.ts";

/** @param known what there is instead */
export function missing(
  code: `DATA_${string}`,
  problem: string,
  name: string,
  known: readonly string[] = [],
): ForewarnError {
  return new ForewarnError(code, { problem, expected: name, hint: didYouMean(name, known) });
}
