/** Statistics of sensors over rolling windows. */
import { z } from "zod";
import { type Duration, lifeUnit } from "../../core/time.ts";
import type { DescribeStep } from "../../kernels/describe-call.ts";
import type { QuantileStep } from "../../kernels/quantiles-call.ts";
import { checkSpec } from "../check-spec.ts";
import type { RollingColumns } from "../compute/workspace.ts";
import { type Span, spanName, spanOf } from "../cycles/span.ts";
import type { Feature, PlanContext } from "../feature.ts";
import type { RollingSpec } from "../spec.ts";
import type { StatisticSpec } from "../statistics/statistic.ts";
import { type RollingStatisticSpec, statisticOf, statisticShape } from "../statistics/table.ts";
import { requireSensors } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

export interface RollingOptions {
  /** Window lengths; a window is (t - length, t], or the last cycles where it is "5c" and the sensor has one value an operating cycle. */
  over: Duration | readonly Duration[];
  /**
   * By name, such as "mean", "sd", "slope", or with a number of its own, such as `quantile(0.9)`, `countAbove(7.1)`: all of them, with
   * unit and definition, under Statistics in docs/features.md. Missing readings are skipped; an empty window gives NaN, a count 0.
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
    const { resets, since } = resetReads(schema, resetOn, "rolling");
    requireSensors(schema, sensors, "rolling");
    const columns = sensors.flatMap((sensor) => {
      return over.flatMap((duration) => {
        const span = spanOf(duration, sensor, schema);
        return stats.map((statistic) => ({
          name: nameOf(sensor, statistic, span, context),
          reads: [{ sensor }, ...resets],
          reach: { window: span.length, ...(span.counted && { counted: true }), ...since },
          unread: statisticOf(statistic).unread ?? ("missing" as const),
        }));
      });
    });
    return { columns, reads: [...sensors.map((sensor) => ({ sensor })), ...resets] };
  },

  compute({ sensors, over, stats, resetOn }, context, workspace) {
    const unit = lifeUnit(context.schema.time);
    for (const duration of over) {
      const span = spanOf(duration, sensors[0], context.schema);
      const window = { ...span, resetOn };
      const rolling = new Map<string, RollingColumns>();
      for (const sensor of sensors) {
        const columns: RollingColumns = {};
        const quantiles: QuantileStep[] = [];
        const described: DescribeStep[] = [];
        for (const statistic of stats) {
          const out = workspace.output(nameOf(sensor, statistic, span, context));
          const lowered = statisticOf(statistic).lower(statistic, context);
          if (lowered.kernel === "rolling") columns[lowered.output] = out;
          else if (lowered.kernel === "quantile") quantiles.push({ to: lowered.at, out });
          else if (lowered.kernel === "quantileRange") quantiles.push({ from: lowered.from, to: lowered.to, out });
          else described.push({ code: lowered.code, parameters: lowered.parameters, out });
        }
        rolling.set(sensor, columns);
        workspace.quantiles(sensor, window, quantiles);
        workspace.describe(sensor, window, unit, described);
      }
      workspace.rolling(rolling, window, unit);
    }
  },
};

function nameOf(sensor: string, statistic: StatisticSpec, span: Span, context: PlanContext): string {
  const label = statisticOf(statistic).label(statistic, context);
  return columnName(sensor, label, spanName(span, context.schema.time));
}
