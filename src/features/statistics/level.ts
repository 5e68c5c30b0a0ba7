/** What readings are held against: a number in the sensor's unit, or the window's mean. */
import { z } from "zod";

/**
 * The mean is summed over all readings in the order of time; the statistic `mean` sums those of a long window in groups, so that they can
 * differ by rounding.
 */
export type Level = number | "mean";

export const levelShape = z.union([z.number(), z.literal("mean")], 'a number or "mean"');

/** Its part of a column's name. */
export function levelLabel(level: Level): string {
  return level === "mean" ? level : numberLabel(level);
}

/** A number as a part of a column's name, no two alike: 1.5 as `1_5`, -5 as `m5`, 1e-7 as `1em7`. */
export function numberLabel(value: number): string {
  return String(value === 0 ? 0 : value)
    .replace("+", "")
    .replaceAll("-", "m")
    .replace(".", "_");
}

/** As the kernel reads it: the number, and whether the mean takes its place. */
export function levelParameters(level: Level): [level: number, ofMean: number] {
  return level === "mean" ? [0, 1] : [level, 0];
}
