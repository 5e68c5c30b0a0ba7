/** `energyShare(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export type EnergyShareSpec = {
  statistic: "energyShare";
  /** Which part, from 1 (the oldest) on. */
  part: number;
  /** How many parts, 2 to 1,000. */
  of: number;
};

/**
 * The statistic `energyShare` of one of several parts: `energyShare(4, 4)` gives `volt_energyShare_4_of_4_1d`, that of the
 * newest quarter.
 */
export function energyShare(part: number, of: number): EnergyShareSpec {
  return { statistic: "energyShare", part, of };
}

/**
 * The sum of the squared readings of a part of the window over that of all. Parts follow each other and hold equally many
 * readings; the first ones hold one more where that cannot be (tsfresh's `energy_ratio_by_chunks`). NaN where all readings
 * are 0, and in an empty window.
 */
export const energyShareStatistic: Statistic<EnergyShareSpec> = {
  shape: z
    .strictObject({ statistic: z.literal("energyShare"), part: z.int().min(1), of: z.int().min(2).max(1000) })
    .refine(({ part, of }) => part <= of, { path: ["part"], error: "a number up to `of`" }),
  label: ({ part, of }) => `energyShare_${part}_of_${of}`,
  unit: "none",
  lower: ({ part, of }) => describe("energyShare", of, part),
};
