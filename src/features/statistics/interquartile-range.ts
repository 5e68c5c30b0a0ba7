/** `interquartileRange`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The quantile at 0.75 minus the quantile at 0.25, as `quantile` defines them. */
export const interquartileRangeStatistic: Statistic<"interquartileRange"> = {
  shape: z.literal("interquartileRange"),
  label: () => "interquartileRange",
  unit: "sensor",
  lower: () => ({ kernel: "quantileRange", from: 0.25, to: 0.75 }),
};
