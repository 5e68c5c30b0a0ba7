/** The split of data that come split, by the names of their machines, as plain data. */
import { ForewarnError } from "../core/errors.ts";
import type { GivenSpec } from "./spec.ts";

export interface GivenOptions {
  /** Globs over machine names, "*" for any run of characters. */
  train: string;
  evaluate: string;
  /** Evaluate each machine's last known row only, or all. Default: "all". */
  cutoffs?: "last" | "all";
}

/**
 * `given({ train: "train-*", evaluate: "test-*", cutoffs: "last" })`.
 * @throws PIPELINE_SPLIT when `cutoffs` is not one of its values.
 */
export function given({ train, evaluate, cutoffs = "all" }: GivenOptions): GivenSpec {
  if (cutoffs !== "all" && cutoffs !== "last") {
    throw new ForewarnError("PIPELINE_SPLIT", {
      problem: "an option of the split is not one of its values",
      expected: '"all" or "last"',
      found: JSON.stringify(cutoffs),
      where: "given: cutoffs",
    });
  }
  return { split: "given", train, evaluate, cutoffs };
}
