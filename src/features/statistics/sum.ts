/** `sum`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The sum of the readings; NaN in an empty window. */
export const sumStatistic: Statistic<"sum"> = {
  shape: z.literal("sum"),
  label: () => "sum",
  unit: "sensor",
  lower: () => ({ kernel: "rolling", output: "sum" }),
};
