/** `countBetween(…)`. */
import { z } from "zod";
import { describe } from "./described.ts";
import { numberLabel } from "./level.ts";
import type { Statistic } from "./statistic.ts";

export type CountBetweenSpec = {
  statistic: "countBetween";
  /** In the sensor's unit; it is included. */
  from: number;
  /** Above `from`; it is not included. */
  to: number;
};

/** The statistic `countBetween` of two values: `countBetween(0, 10)` gives `volt_countBetween_0_to_10_1d`. */
export function countBetween(from: number, to: number): CountBetweenSpec {
  return { statistic: "countBetween", from, to };
}

/** The number of readings from one value on and below another, as tsfresh's `range_count`; 0 in an empty window. */
export const countBetweenStatistic: Statistic<CountBetweenSpec> = {
  shape: z
    .strictObject({ statistic: z.literal("countBetween"), from: z.number(), to: z.number() })
    .refine(({ from, to }) => from < to, { path: ["to"], error: "a number above `from`" }),
  label: ({ from, to }) => `countBetween_${numberLabel(from)}_to_${numberLabel(to)}`,
  unit: "readings",
  unread: "kept",
  lower: ({ from, to }) => describe("countBetween", from, to),
};
