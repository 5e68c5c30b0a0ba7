/** The label "how long does the machine still live?" as plain data. */
import { ForewarnError } from "../core/errors.ts";
import { checkedFailureOptions } from "./failure-options.ts";
import type { FailureOptions, RemainingLifeSpec } from "./spec.ts";

export interface RemainingLifeOptions extends FailureOptions {
  /** Lives are known and predicted up to this many hours (timestamps) or counts (counters). Default: no cap. */
  cap?: number;
  /** What a planned replacement before the failure says of the replaced component. Default: "censored". */
  planned?: "healthy" | "censored";
}

/**
 * Labels a cutoff by the life that remains, in hours or counts: `remainingLife({ of: "failures", cap: 125 })`.
 * @throws PIPELINE_LABEL when an option is not one of its values.
 */
export function remainingLife(options: RemainingLifeOptions): RemainingLifeSpec {
  const { cap } = options;
  if (cap !== undefined && !(Number.isFinite(cap) && cap > 0)) {
    throw new ForewarnError("PIPELINE_LABEL", {
      problem: "the cap of a remaining life is not a length",
      expected: "a number of hours or counts above 0",
      found: String(cap),
      where: "remainingLife: cap",
    });
  }
  const checked = checkedFailureOptions(options, "remainingLife");
  const planned = options.planned ?? "censored";
  return { label: "remainingLife", ...checked, ...(cap === undefined ? {} : { cap }), planned };
}
