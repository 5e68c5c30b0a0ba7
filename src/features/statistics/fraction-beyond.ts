/** `fractionAbove(level)` and `fractionBelow(level)`. */
import type { Level } from "./level.ts";
import { type LevelSpec, leveled } from "./leveled.ts";
import type { Statistic } from "./statistic.ts";

/**
 * The statistic `fractionAbove` of a level, a number in the sensor's unit or the window's mean: `fractionAbove(100)` gives
 * `volt_fractionAbove_100_1d`.
 */
export function fractionAbove(level: Level): LevelSpec<"fractionAbove"> {
  return { statistic: "fractionAbove", level };
}

/** The statistic `fractionBelow` of a level, as `fractionAbove`. */
export function fractionBelow(level: Level): LevelSpec<"fractionBelow"> {
  return { statistic: "fractionBelow", level };
}

/** The share of readings above the level, 0..1. NaN in an empty window. */
export const fractionAboveStatistic: Statistic<LevelSpec<"fractionAbove">> = leveled("fractionAbove", "none");

/** The share of readings below the level, 0..1. NaN in an empty window. */
export const fractionBelowStatistic: Statistic<LevelSpec<"fractionBelow">> = leveled("fractionBelow", "none");
