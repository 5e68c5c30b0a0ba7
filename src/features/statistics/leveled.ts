/** Statistics of readings beside a level. */
import { z } from "zod";
import type { describeCodes } from "../../kernels/describe-call.ts";
import { describe } from "./described.ts";
import { type Level, levelLabel, levelParameters, levelShape } from "./level.ts";
import type { Statistic, StatisticUnit } from "./statistic.ts";

export type LevelSpec<Name extends string> = {
  statistic: Name;
  /** A number in the sensor's unit, or "mean": that of the window. */
  level: Level;
};

/** A column is named after the statistic and its level: `countAbove_100`, `countAbove_mean`. */
export function leveled<Name extends keyof typeof describeCodes>(
  name: Name,
  unit: StatisticUnit,
  options: Pick<Statistic, "unread"> = {},
): Statistic<LevelSpec<Name>> {
  return {
    shape: z.strictObject({ statistic: z.literal(name), level: levelShape }) as z.ZodType<LevelSpec<Name>>,
    label: ({ level }) => `${name}_${levelLabel(level)}`,
    unit,
    ...options,
    lower: ({ level }) => describe(name, ...levelParameters(level)),
  };
}
