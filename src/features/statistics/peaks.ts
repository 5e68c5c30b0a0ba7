/** `peaks(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export type PeaksSpec = {
  statistic: "peaks";
  /** How many readings on either side are lower, from 1 on. */
  support: number;
};

/** The statistic `peaks` of a support of readings: `peaks(3)` gives `volt_peaks_3_1d`. */
export function peaks(support: number): PeaksSpec {
  return { statistic: "peaks", support };
}

/**
 * The number of readings that are larger than each of the `support` readings before and after them, as tsfresh's
 * `number_peaks`; 0 where there is none, and in an empty window.
 */
export const peaksStatistic: Statistic<PeaksSpec> = {
  shape: z.strictObject({ statistic: z.literal("peaks"), support: z.int().min(1).max(1000) }),
  label: ({ support }) => `peaks_${support}`,
  unit: "readings",
  unread: "kept",
  lower: ({ support }) => describe("peaks", support),
};
