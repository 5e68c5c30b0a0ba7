/** `min`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The smallest reading. */
export const minStatistic: Statistic<"min"> = {
  shape: z.literal("min"),
  label: () => "min",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "min" }),
};
