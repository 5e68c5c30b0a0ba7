/** `meanOfLargest(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export type MeanOfLargestSpec = {
  statistic: "meanOfLargest";
  /** How many readings, from 1 on. */
  readings: number;
};

/** The statistic `meanOfLargest` of a number of readings: `meanOfLargest(3)` gives `volt_meanOfLargest_3_1d`. */
export function meanOfLargest(readings: number): MeanOfLargestSpec {
  return { statistic: "meanOfLargest", readings };
}

/**
 * The mean of the sizes, signs left out, of so many readings of the largest size (tsfresh's `mean_n_absolute_max`). NaN where
 * there are fewer.
 */
export const meanOfLargestStatistic: Statistic<MeanOfLargestSpec> = {
  shape: z.strictObject({ statistic: z.literal("meanOfLargest"), readings: z.int().min(1).max(1_000_000) }),
  label: ({ readings }) => `meanOfLargest_${readings}`,
  unit: "sensor",
  lower: ({ readings }) => describe("meanOfLargest", readings),
};
