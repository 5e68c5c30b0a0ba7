/** `autocorrelation(lag)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export type AutocorrelationSpec = {
  statistic: "autocorrelation";
  /** How many readings apart, from 1 on. */
  lag: number;
};

/** The statistic `autocorrelation` at a lag of readings: `autocorrelation(3)` gives `volt_autocorrelation_3_1d`. */
export function autocorrelation(lag: number): AutocorrelationSpec {
  return { statistic: "autocorrelation", lag };
}

/**
 * How alike readings are that lie `lag` readings apart: the mean of (x[i] - mean)(x[i + lag] - mean) over the pairs, divided by the
 * population variance, as tsfresh's `autocorrelation`. NaN without a pair, and where all are equal.
 */
export const autocorrelationStatistic: Statistic<AutocorrelationSpec> = {
  shape: z.strictObject({ statistic: z.literal("autocorrelation"), lag: z.int().min(1).max(1_000_000) }),
  label: ({ lag }) => `autocorrelation_${lag}`,
  unit: "none",
  lower: ({ lag }) => describe("autocorrelation", lag),
};
