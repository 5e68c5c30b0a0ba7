/** The label "does a failure fall in (cutoff, cutoff + horizon]?" as plain data. */
import { ForewarnError } from "../core/errors.ts";
import type { Duration } from "../core/time.ts";
import { checkedFailureOptions } from "./failure-options.ts";
import type { FailsWithinSpec, FailureOptions } from "./spec.ts";

export interface FailsWithinOptions extends FailureOptions {
  /** Whether any component fails (binary), or which one fails first (multiclass). Default: "any". */
  predict?: "any" | "component";
  /** What a planned replacement inside the horizon says of the replaced component. Default: "healthy". */
  planned?: "healthy" | "censored";
}

/**
 * Labels a cutoff by what becomes of the machine within the horizon: `failsWithin("24h", { of: "failures" })`.
 * @throws PIPELINE_LABEL when an option is not one of its values.
 */
export function failsWithin(horizon: Duration, options: FailsWithinOptions): FailsWithinSpec {
  const predict = options.predict ?? "any";
  if (predict !== "any" && predict !== "component") {
    throw new ForewarnError("PIPELINE_LABEL", {
      problem: "an option of the label is not one of its values",
      expected: '"any" or "component"',
      found: JSON.stringify(predict),
      where: "failsWithin: predict",
    });
  }
  const checked = checkedFailureOptions(options, "failsWithin");
  return { label: "failsWithin", horizon, ...checked, predict, planned: options.planned ?? "healthy" };
}
