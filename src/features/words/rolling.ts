/** Statistics of sensors over rolling windows. */
import { z } from "zod";
import { type Duration, durationLength, durationName, lifeUnit } from "../../core/time.ts";
import { type RollingStatistic, rollingCall } from "../../kernels/calls.ts";
import type { Address } from "../../kernels/memory.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext } from "../feature.ts";
import type { RollingSpec } from "../spec.ts";
import type { StatisticSpec } from "../statistics/statistic.ts";
import { type RollingStatisticSpec, statisticOf, statisticShape } from "../statistics/table.ts";
import { requireSensor, requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";

export interface RollingOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /**
   * mean, sd (sample), min, max, range (max - min), last (newest reading), slope (least squares, per hour or cycle),
   * count (readings). Missing readings are skipped. An empty window gives NaN and count 0; sd and slope need two readings.
   */
  stats: RollingStatisticSpec | readonly RollingStatisticSpec[];
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

/**
 * `rolling(["volt"], { over: ["3h"], stats: ["mean"] })` gives `volt_mean_3h`, in the sensor's unit (slope: per hour or cycle).
 * @throws PIPELINE_FEATURE_OPTION, as every word does, when an option is unknown, missing or of another kind.
 */
export function rolling(sensors: string | readonly string[], options: RollingOptions): RollingSpec {
  const { over, stats, resetOn, ...others } = options ?? {};
  const windows = { over: list(over), stats: list(stats), ...(resetOn !== undefined && { resetOn }) };
  return checkSpec(
    rollingFeature.shape,
    { feature: "rolling", sensors: list(sensors), ...windows, ...others },
    "rolling",
  );
}

export const rollingFeature: Feature<RollingSpec> = {
  shape: z.strictObject({
    feature: z.literal("rolling"),
    sensors: z.array(z.string()).min(1),
    over: z.array(z.string()).min(1),
    stats: z.array(statisticShape).min(1),
    resetOn: z.string().optional(),
  }),

  plan({ sensors, over, stats, resetOn }, context) {
    const { schema } = context;
    if (resetOn !== undefined) requireTable(schema, resetOn, "rolling");
    const resets = resetOn === undefined ? [] : [{ table: resetOn }];
    const since = resetOn === undefined ? {} : { since: { table: resetOn } };
    const columns = sensors.flatMap((sensor) => {
      requireSensor(schema, sensor, "rolling");
      return over.flatMap((duration) => {
        const length = durationLength(duration, schema.time);
        return stats.map((statistic) => ({
          name: nameOf(sensor, statistic, length, context),
          reads: [{ sensor }, ...resets],
          reach: { window: length, ...since },
          unread: statisticOf(statistic).unread ?? ("missing" as const),
        }));
      });
    });
    return { columns, reads: [...sensors.map((sensor) => ({ sensor })), ...resets] };
  },

  compute({ sensors, over, stats, resetOn }, context, workspace) {
    const { time } = context.schema;
    for (const sensor of sensors) {
      const readings = workspace.readings(sensor);
      for (const duration of over) {
        const length = durationLength(duration, time);
        const window = workspace.window(sensor, { length, resetOn });
        const outputs: Partial<Record<RollingStatistic, Address>> = {};
        for (const statistic of stats) {
          const output = workspace.output(nameOf(sensor, statistic, length, context));
          const lowered = statisticOf(statistic).lower(statistic, context);
          if (lowered.kernel === "rolling") outputs[lowered.output] = output;
        }
        workspace.call(rollingCall(workspace.rows, readings, window, lifeUnit(time), outputs));
      }
    }
  },
};

function nameOf(sensor: string, statistic: StatisticSpec, length: number, context: PlanContext): string {
  const label = statisticOf(statistic).label(statistic, context);
  return columnName(sensor, label, durationName(length, context.schema.time));
}
