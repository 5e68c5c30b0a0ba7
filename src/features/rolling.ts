/** Statistics of sensors over rolling windows. */
import { z } from "zod";
import { type Duration, durationLength, durationName, lifeUnit } from "../core/time.ts";
import { type RollingStatistic, rollingCall, rollingStatistics } from "../kernels/calls.ts";
import { checkSpec } from "./check-spec.ts";
import type { Feature } from "./feature.ts";
import { requireSensor, requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import type { RollingSpec } from "./spec.ts";

export interface RollingOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /**
   * mean, sd (sample), min, max, range (max - min), last (newest reading), slope (least squares, per hour or cycle),
   * count (readings). Missing readings are skipped. An empty window gives NaN and count 0; sd and slope need two readings.
   */
  stats: RollingStatistic | readonly RollingStatistic[];
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
    stats: z.array(z.enum(rollingStatistics)).min(1),
    resetOn: z.string().optional(),
  }),

  plan({ sensors, over, stats, resetOn }, { schema }) {
    if (resetOn !== undefined) requireTable(schema, resetOn, "rolling");
    const resets = resetOn === undefined ? [] : [{ table: resetOn }];
    const lengths = over.map((duration) => durationLength(duration, schema.time));
    const columns = sensors.flatMap((sensor) => {
      requireSensor(schema, sensor, "rolling");
      return lengths.flatMap((length) =>
        stats.map((statistic) => ({
          name: columnName(sensor, statistic, durationName(length, schema.time)),
          reads: [{ sensor }, ...resets],
          unread: statistic === "count" ? ("zero" as const) : ("missing" as const),
        })),
      );
    });
    return { columns, reads: [...sensors.map((sensor) => ({ sensor })), ...resets], lookback: Math.max(...lengths) };
  },

  compute({ sensors, over, stats, resetOn }, { schema }, workspace) {
    for (const sensor of sensors) {
      const readings = workspace.readings(sensor);
      for (const duration of over) {
        const length = durationLength(duration, schema.time);
        const window = workspace.window(sensor, { length, resetOn });
        const output = (statistic: RollingStatistic) =>
          workspace.output(columnName(sensor, statistic, durationName(length, schema.time)));
        const outputs = Object.fromEntries(stats.map((statistic) => [statistic, output(statistic)]));
        workspace.call(rollingCall(workspace.rows, readings, window, lifeUnit(schema.time), outputs));
      }
    }
  },
};
