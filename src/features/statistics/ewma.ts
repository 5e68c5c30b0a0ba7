/** `ewma({ halfLife })`. */
import { z } from "zod";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { describe } from "./described.ts";
import type { Statistic, StatisticContext } from "./statistic.ts";

export interface EwmaOptions {
  /** How much older a reading is that counts half as much. */
  halfLife: Duration;
}

export type EwmaSpec = { statistic: "ewma"; halfLife: Duration };

/** The statistic `ewma`, an exponentially weighted mean: `ewma({ halfLife: "6h" })` gives `volt_ewma_6h_1d`. */
export function ewma(options: EwmaOptions): EwmaSpec {
  return { statistic: "ewma", ...options };
}

/**
 * The mean of the window's readings with weights that halve with each `halfLife` before the newest of them, as `ewm(halflife, times)`
 * of pandas over the window. NaN in an empty window.
 */
export const ewmaStatistic: Statistic<EwmaSpec> = {
  shape: z.strictObject({ statistic: z.literal("ewma"), halfLife: z.string() }),
  label: ({ halfLife }, context) => `ewma_${durationName(length(halfLife, context), context.schema.time)}`,
  unit: "sensor",
  lower: ({ halfLife }, context) => describe("ewma", length(halfLife, context)),
};

function length(halfLife: Duration, { schema }: StatisticContext): number {
  return durationLength(halfLife, schema.time, "ewma: halfLife");
}
