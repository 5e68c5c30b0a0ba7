/** `quantile(at)` and `median`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

export interface QuantileSpec {
  statistic: "quantile";
  /** The share of the readings below it, 0..1. */
  at: number;
  readonly [option: string]: number | string;
}

/** The statistic `quantile` at a share of the readings, 0..1: `quantile(0.9)` gives `volt_q90_1d`, `quantile(0.125)` `volt_q12_5_1d`. */
export function quantile(at: number): QuantileSpec {
  return { statistic: "quantile", at };
}

/** The exact quantile of the readings: linear between neighbours in sorted order, at (n - 1) x share (Hyndman and Fan's type 7). */
export const quantileStatistic: Statistic<QuantileSpec> = {
  shape: z.strictObject({
    statistic: z.literal("quantile"),
    at: z.number().min(0).max(1),
  }) as unknown as z.ZodType<QuantileSpec>,
  label: ({ at }) => `q${Number((at * 100).toPrecision(12))}`,
  unit: "sensor",
  lower: ({ at }) => ({ kernel: "quantile", at }),
};

/** The middle reading in sorted order, or the mean of the two in the middle. */
export const medianStatistic: Statistic<"median"> = {
  shape: z.literal("median"),
  label: () => "median",
  unit: "sensor",
  lower: () => ({ kernel: "quantile", at: 0.5 }),
};
