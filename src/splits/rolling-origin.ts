/** The split "walk through time, always evaluating on what comes next" as plain data. */
import { ForewarnError } from "../core/errors.ts";
import type { Duration } from "../core/time.ts";
import type { RollingOriginSpec } from "./spec.ts";

export interface RollingOriginOptions {
  /** The number of test windows. */
  folds: number;
  /** The length of each test window. */
  test: Duration;
  /** Train on this long before each test window only. Default: on all earlier rows. */
  window?: Duration;
  /** Evaluate the machines trained on, or others. Default: "same". */
  machines?: "same" | "held-out";
  /** Added between the last training label and the first evaluation cutoff. Default: none. */
  embargo?: Duration;
}

/**
 * Consecutive test windows of equal length, common to all machines, the last ending at the fleet's last uncensored cutoff:
 * `rollingOrigin({ folds: 4, test: "14d" })`.
 * @throws PIPELINE_SPLIT when `folds` is not a whole number above 0 or `machines` is not one of its values.
 */
export function rollingOrigin(options: RollingOriginOptions): RollingOriginSpec {
  const { folds, test, window, machines = "same", embargo } = options;
  if (!Number.isSafeInteger(folds) || folds < 1 || (machines !== "same" && machines !== "held-out")) {
    throw new ForewarnError("PIPELINE_SPLIT", {
      problem: "an option of the split is not one of its values",
      expected: 'a whole number of folds above 0, machines "same" or "held-out"',
      found: JSON.stringify({ folds, machines }),
      where: "rollingOrigin",
    });
  }
  return {
    split: "rollingOrigin",
    folds,
    test,
    ...(window === undefined ? {} : { window }),
    machines,
    ...(embargo === undefined ? {} : { embargo }),
  };
}
