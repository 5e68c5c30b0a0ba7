/** `last`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The newest reading. */
export const lastStatistic: Statistic<"last"> = {
  shape: z.literal("last"),
  label: () => "last",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "last" }),
};
