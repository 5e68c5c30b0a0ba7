/** `count`. */
import { z } from "zod";
import type { Statistic } from "./statistic.ts";

/** The number of readings; 0 in an empty window. */
export const countStatistic: Statistic<"count"> = {
  shape: z.literal("count"),
  label: () => "count",
  unit: "readings",
  unread: "zero",
  lower: () => ({ kernel: "rolling", output: "count" }),
};
