/** `longestTimeAbove(level)` and `longestTimeBelow(level)`. */
import type { Level } from "./level.ts";
import { type LevelSpec, leveled } from "./leveled.ts";
import type { Statistic } from "./statistic.ts";

/**
 * The statistic `longestTimeAbove` of a level, a number in the sensor's unit or the window's mean: `longestTimeAbove(100)`
 * gives `volt_longestTimeAbove_100_1d`.
 */
export function longestTimeAbove(level: Level): LevelSpec<"longestTimeAbove"> {
  return { statistic: "longestTimeAbove", level };
}

/** The statistic `longestTimeBelow` of a level, as `longestTimeAbove`. */
export function longestTimeBelow(level: Level): LevelSpec<"longestTimeBelow"> {
  return { statistic: "longestTimeBelow", level };
}

/**
 * The longest stretch of readings above the level in hours (or cycles): from the first of them to the next reading that is
 * not, or to the cutoff. 0 where none is; NaN in an empty window.
 */
export const longestTimeAboveStatistic: Statistic<LevelSpec<"longestTimeAbove">> = leveled("longestTimeAbove", "hours");

/**
 * The longest stretch of readings below the level in hours (or cycles): from the first of them to the next reading that is
 * not, or to the cutoff. 0 where none is; NaN in an empty window.
 */
export const longestTimeBelowStatistic: Statistic<LevelSpec<"longestTimeBelow">> = leveled("longestTimeBelow", "hours");
