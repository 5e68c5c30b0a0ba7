/** `countEqual(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import { numberLabel } from "./level.ts";
import type { Statistic } from "./statistic.ts";

export type CountEqualSpec = {
  statistic: "countEqual";
  /** In the sensor's unit. */
  value: number;
};

/** The statistic `countEqual` of a value: `countEqual(0)` gives `volt_countEqual_0_1d`. */
export function countEqual(value: number): CountEqualSpec {
  return { statistic: "countEqual", value };
}

/** The number of readings that are equal to the value; 0 in an empty window. */
export const countEqualStatistic: Statistic<CountEqualSpec> = {
  shape: z.strictObject({ statistic: z.literal("countEqual"), value: z.number() }),
  label: ({ value }) => `countEqual_${numberLabel(value)}`,
  unit: "readings",
  unread: "kept",
  lower: ({ value }) => describe("countEqual", value),
};
