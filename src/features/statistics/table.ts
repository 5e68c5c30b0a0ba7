/** Every statistic of `rolling` and what implements it. A new statistic is a file and a line here. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { countStatistic } from "./count.ts";
import { lastStatistic } from "./last.ts";
import { maxStatistic } from "./max.ts";
import { meanStatistic } from "./mean.ts";
import { minStatistic } from "./min.ts";
import { medianStatistic, quantileStatistic } from "./quantile.ts";
import { rangeStatistic } from "./range.ts";
import { sdStatistic } from "./sd.ts";
import { slopeStatistic } from "./slope.ts";
import type { Statistic, StatisticSpec } from "./statistic.ts";

const table = {
  mean: meanStatistic,
  sd: sdStatistic,
  min: minStatistic,
  max: maxStatistic,
  range: rangeStatistic,
  last: lastStatistic,
  slope: slopeStatistic,
  count: countStatistic,
  median: medianStatistic,
  quantile: quantileStatistic,
};

type Shape = z.infer<(typeof table)[keyof typeof table]["shape"]>;

/** A statistic as a pipeline writes it. */
export type RollingStatisticSpec = Shape;

/** The names of all statistics. */
export const statisticNames = Object.keys(table);

/** The shape of a statistic. */
export const statisticShape: z.ZodType<RollingStatisticSpec> = z.union(
  Object.values(table).map(({ shape }) => shape as z.ZodType<RollingStatisticSpec>) as [
    z.ZodType<RollingStatisticSpec>,
  ],
);

/** The implementation of a statistic. @throws PIPELINE_FEATURE_OPTION when there is none of its name */
export function statisticOf(spec: StatisticSpec): Statistic {
  const name = typeof spec === "string" ? spec : spec.statistic;
  if (Object.hasOwn(table, name)) return table[name as keyof typeof table] as unknown as Statistic;
  throw new ForewarnError("PIPELINE_FEATURE_OPTION", { problem: "no statistic has this name", found: name });
}
