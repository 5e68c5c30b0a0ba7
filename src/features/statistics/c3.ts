/** `c3(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import type { Statistic } from "./statistic.ts";

export type C3Spec = {
  statistic: "c3";
  /** How many readings apart, from 1 on. */
  lag: number;
};

/** The statistic `c3` at a lag of readings: `c3(1)` gives `volt_c3_1_1d`. */
export function c3(lag: number): C3Spec {
  return { statistic: "c3", lag };
}

/**
 * A measure of non-linearity: the mean of x[i + 2 lag] x[i + lag] x[i] (Schreiber and Schmitz, Discrimination power of
 * measures for nonlinearity in a time series, 1997). NaN where no three readings lie so far apart.
 */
export const c3Statistic: Statistic<C3Spec> = {
  shape: z.strictObject({ statistic: z.literal("c3"), lag: z.int().min(1).max(1_000_000) }),
  label: ({ lag }) => `c3_${lag}`,
  unit: "sensor cubed",
  lower: ({ lag }) => describe("c3", lag),
};
