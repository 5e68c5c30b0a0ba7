/** `timeReversalAsymmetry(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export type TimeReversalAsymmetrySpec = {
  statistic: "timeReversalAsymmetry";
  /** How many readings apart, from 1 on. */
  lag: number;
};

/**
 * The statistic `timeReversalAsymmetry` at a lag of readings: `timeReversalAsymmetry(1)` gives
 * `volt_timeReversalAsymmetry_1_1d`.
 */
export function timeReversalAsymmetry(lag: number): TimeReversalAsymmetrySpec {
  return { statistic: "timeReversalAsymmetry", lag };
}

/**
 * How much the readings differ from themselves read backwards: the mean of x[i + 2 lag]² x[i + lag] - x[i + lag] x[i]²
 * (tsfresh's `time_reversal_asymmetry_statistic`; Fulcher and Jones, 2014). NaN where no three readings lie so far apart.
 */
export const timeReversalAsymmetryStatistic: Statistic<TimeReversalAsymmetrySpec> = {
  shape: z.strictObject({ statistic: z.literal("timeReversalAsymmetry"), lag: z.int().min(1).max(1_000_000) }),
  label: ({ lag }) => `timeReversalAsymmetry_${lag}`,
  unit: "sensor cubed",
  lower: ({ lag }) => describe("timeReversalAsymmetry", lag),
};
