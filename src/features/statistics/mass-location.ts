/** `massLocation(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import { numberLabel } from "./level.ts";
import type { Statistic } from "./statistic.ts";

export type MassLocationSpec = {
  statistic: "massLocation";
  /** Above 0, up to 1. */
  share: number;
};

/** The statistic `massLocation` of a share: `massLocation(0.5)` gives `volt_massLocation_50_1d`. */
export function massLocation(share: number): MassLocationSpec {
  return { statistic: "massLocation", share };
}

/**
 * By which reading, as a share of all, the sum of the readings' sizes so far reaches the share of the whole, as tsfresh's
 * `index_mass_quantile`: small where the large readings are the old ones. NaN where all are 0, and in an empty window.
 */
export const massLocationStatistic: Statistic<MassLocationSpec> = {
  shape: z.strictObject({ statistic: z.literal("massLocation"), share: z.number().positive().max(1) }),
  label: ({ share }) => `massLocation_${numberLabel(Number((share * 100).toPrecision(12)))}`,
  unit: "none",
  lower: ({ share }) => describe("massLocation", share),
};
