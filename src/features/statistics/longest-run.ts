/** `longestRunAbove(level)` and `longestRunBelow(level)`. */
import type { Level } from "./level.ts";
import { type LevelSpec, leveled } from "./leveled.ts";
import type { Statistic } from "./statistic.ts";

/**
 * The statistic `longestRunAbove` of a level, a number in the sensor's unit or the window's mean: `longestRunAbove(100)`
 * gives `volt_longestRunAbove_100_1d`.
 */
export function longestRunAbove(level: Level): LevelSpec<"longestRunAbove"> {
  return { statistic: "longestRunAbove", level };
}

/** The statistic `longestRunBelow` of a level, as `longestRunAbove`. */
export function longestRunBelow(level: Level): LevelSpec<"longestRunBelow"> {
  return { statistic: "longestRunBelow", level };
}

/**
 * The largest number of readings above the level one after the other (of the mean: tsfresh's `longest_strike_above_mean`); 0
 * where none is, and in an empty window.
 */
export const longestRunAboveStatistic: Statistic<LevelSpec<"longestRunAbove">> = leveled(
  "longestRunAbove",
  "readings",
  { unread: "kept" },
);

/** The largest number of readings below the level one after the other; 0 where none is, and in an empty window. */
export const longestRunBelowStatistic: Statistic<LevelSpec<"longestRunBelow">> = leveled(
  "longestRunBelow",
  "readings",
  { unread: "kept" },
);
