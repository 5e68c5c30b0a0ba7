/** `countAbove(level)` and `countBelow(level)`. */
import type { Level } from "./level.ts";
import { type LevelSpec, leveled } from "./leveled.ts";
import type { Statistic } from "./statistic.ts";

/**
 * The statistic `countAbove` of a level, a number in the sensor's unit or the window's mean: `countAbove(100)` gives
 * `volt_countAbove_100_1d`, `countAbove("mean")` `volt_countAbove_mean_1d`.
 */
export function countAbove(level: Level): LevelSpec<"countAbove"> {
  return { statistic: "countAbove", level };
}

/** The statistic `countBelow` of a level, as `countAbove`. */
export function countBelow(level: Level): LevelSpec<"countBelow"> {
  return { statistic: "countBelow", level };
}

/** The number of readings above the level; 0 in an empty window. */
export const countAboveStatistic: Statistic<LevelSpec<"countAbove">> = leveled("countAbove", "readings", {
  unread: "kept",
});

/** The number of readings below the level; 0 in an empty window. */
export const countBelowStatistic: Statistic<LevelSpec<"countBelow">> = leveled("countBelow", "readings", {
  unread: "kept",
});
