/** `slope`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The slope of the least-squares line through the readings over their times, per hour or cycle; NaN below two readings. */
export const slopeStatistic: Statistic<"slope"> = {
  shape: z.literal("slope"),
  label: () => "slope",
  unit: "sensor per hour",
  lower: () => ({ kernel: "rolling", output: "slope" }),
};
