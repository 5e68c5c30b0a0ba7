/** `max`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The largest reading. */
export const maxStatistic: Statistic<"max"> = {
  shape: z.literal("max"),
  label: () => "max",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "max" }),
};
