/** `mean`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The arithmetic mean of the readings; exactly their value where they are all equal. */
export const meanStatistic: Statistic<"mean"> = {
  shape: z.literal("mean"),
  label: () => "mean",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "mean" }),
};
