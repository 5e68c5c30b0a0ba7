/** `sd`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The sample standard deviation (n - 1), two-pass; NaN below two readings. */
export const sdStatistic: Statistic<"sd"> = {
  shape: z.literal("sd"),
  label: () => "sd",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "sd" }),
};
