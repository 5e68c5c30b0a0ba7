/** `first`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The oldest reading. */
export const firstStatistic: Statistic<"first"> = {
  shape: z.literal("first"),
  label: () => "first",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "first" }),
};
