/** `fractionBeyondSigma(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import { numberLabel } from "./level.ts";
import type { Statistic } from "./statistic.ts";

export type FractionBeyondSigmaSpec = {
  statistic: "fractionBeyondSigma";
  /** How many standard deviations from the mean, above 0. */
  sigmas: number;
};

/**
 * The statistic `fractionBeyondSigma` of a number of standard deviations: `fractionBeyondSigma(2)` gives
 * `volt_fractionBeyondSigma_2_1d`.
 */
export function fractionBeyondSigma(sigmas: number): FractionBeyondSigmaSpec {
  return { statistic: "fractionBeyondSigma", sigmas };
}

/**
 * The share of readings further from the mean than so many population sds (divided by n), as tsfresh's
 * `ratio_beyond_r_sigma`; 0 where all are equal. NaN in an empty window.
 */
export const fractionBeyondSigmaStatistic: Statistic<FractionBeyondSigmaSpec> = {
  shape: z.strictObject({ statistic: z.literal("fractionBeyondSigma"), sigmas: z.number().positive() }),
  label: ({ sigmas }) => `fractionBeyondSigma_${numberLabel(sigmas)}`,
  unit: "none",
  lower: ({ sigmas }) => describe("fractionBeyondSigma", sigmas),
};
