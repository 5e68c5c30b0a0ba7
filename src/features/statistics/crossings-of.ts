/** `crossingsOf(level)`. */
import type { Level } from "./level.ts";
import { type LevelSpec, leveled } from "./leveled.ts";
import type { Statistic } from "./statistic.ts";

export type CrossingsOfSpec = LevelSpec<"crossingsOf">;

/**
 * The statistic `crossingsOf` a level, a number in the sensor's unit or the window's mean: `crossingsOf("mean")` gives
 * `volt_crossingsOf_mean_1d`.
 */
export function crossingsOf(level: Level): CrossingsOfSpec {
  return { statistic: "crossingsOf", level };
}

/**
 * How many pairs of consecutive readings have one above the level and one not above it, as tsfresh's `number_crossing_m`; 0 in an
 * empty window.
 */
export const crossingsOfStatistic: Statistic<CrossingsOfSpec> = leveled("crossingsOf", "readings", { unread: "kept" });
