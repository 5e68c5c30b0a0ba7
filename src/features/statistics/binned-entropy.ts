/** `binnedEntropy(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export type BinnedEntropySpec = {
  statistic: "binnedEntropy";
  /** The number of bins, 2 to 1,000. */
  bins: number;
};

/** The statistic `binnedEntropy` of a number of bins: `binnedEntropy(10)` gives `volt_binnedEntropy_10_1d`. */
export function binnedEntropy(bins: number): BinnedEntropySpec {
  return { statistic: "binnedEntropy", bins };
}

/**
 * The entropy, in nats, of a histogram with equally wide bins from the smallest reading to the largest (the last includes
 * it), as tsfresh's `binned_entropy`: 0 where all are equal. NaN in an empty window and where a reading is infinite.
 */
export const binnedEntropyStatistic: Statistic<BinnedEntropySpec> = {
  shape: z.strictObject({ statistic: z.literal("binnedEntropy"), bins: z.int().min(2).max(1000) }),
  label: ({ bins }) => `binnedEntropy_${bins}`,
  unit: "none",
  lower: ({ bins }) => describe("binnedEntropy", bins),
};
