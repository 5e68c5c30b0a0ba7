/** `range`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The largest reading minus the smallest. */
export const rangeStatistic: Statistic<"range"> = {
  shape: z.literal("range"),
  label: () => "range",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "range" }),
};
