/** How two sensors move together. */
import { z } from "zod";
import type { Duration } from "../../core/time.ts";
import type { Address } from "../../kernels/memory.ts";
import { type PairStatistic, pairStatistics, pairStatisticsCall } from "../../kernels/pair-calls.ts";
import { checkSpec } from "../check-spec.ts";
import { spanName, spansOf } from "../cycles/span.ts";
import type { Feature, PlanContext, RawColumn } from "../feature.ts";
import { requireSensor } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";
import { pairHold, windowedSensors } from "./two-sensors.ts";

export interface CorrelationOfOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /**
   * correlation (Pearson, -1 to 1), covariance (sample, in both units), slope (of left over right by least squares, in left's unit
   * for one of right's). Default: correlation.
   */
  stats?: PairStatistic | readonly PairStatistic[];
  /**
   * A reading of `left` is paired with the newest of `right` at or before it that is less than this older: for sensors that are not
   * read at the same instants; `left` is best the slower. Default: only readings of the same instant are a pair.
   */
  hold?: Duration;
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

export interface CorrelationOfSpec {
  feature: "correlationOf";
  left: string;
  right: string;
  over: readonly Duration[];
  stats: readonly PairStatistic[];
  hold?: Duration;
  resetOn?: string;
}

/**
 * `correlationOf("volt", "rotate", { over: "24h" })` gives `volt_rotate_correlation_1d`, of the pairs of known readings whose both
 * sides lie in the window. NaN with fewer than two pairs, and where a side is constant (the slope: where `right` is).
 */
export function correlationOf(left: string, right: string, options: CorrelationOfOptions): CorrelationOfSpec {
  const { over, stats = "correlation", hold, resetOn, ...others } = options ?? {};
  const spec = {
    feature: "correlationOf",
    left,
    right,
    over: list(over),
    stats: list(stats),
    ...(hold !== undefined && { hold }),
    ...(resetOn !== undefined && { resetOn }),
    ...others,
  };
  return checkSpec(correlationOfFeature.shape, spec, "correlationOf");
}

export const correlationOfFeature: Feature<CorrelationOfSpec> = {
  shape: z.strictObject({
    feature: z.literal("correlationOf"),
    left: z.string(),
    right: z.string(),
    over: z.array(z.string()).min(1),
    stats: z.array(z.enum(pairStatistics)).min(1),
    hold: z.string().optional(),
    resetOn: z.string().optional(),
  }),

  plan(spec, context) {
    const { left, right, stats, resetOn } = spec;
    const sensors = [left, right].map((sensor) => ({ sensor }));
    for (const { sensor } of sensors) requireSensor(context.schema, sensor, "correlationOf");
    const { resets, since } = resetReads(context.schema, resetOn, "correlationOf");
    const columns = partsOf(spec, context).flatMap(({ length, counted, name }) =>
      stats.map(
        (statistic): RawColumn => ({
          name: name(statistic),
          reads: [...sensors, ...resets],
          reach: { window: length, ...(counted && { counted }), ...since },
        }),
      ),
    );
    return { columns, reads: [...sensors, ...resets] };
  },

  compute(spec, context, workspace) {
    const { stats, resetOn } = spec;
    const hold = pairHold(spec, context);
    for (const { length, counted, name } of partsOf(spec, context)) {
      const { left, right } = windowedSensors(spec, { length, counted, resetOn }, workspace);
      const out: Partial<Record<PairStatistic, Address>> = {};
      for (const statistic of stats) out[statistic] = workspace.output(name(statistic));
      workspace.call(pairStatisticsCall(workspace.rows, left, right, { hold }, out));
    }
  },
};

function partsOf({ left, right, over }: CorrelationOfSpec, { schema }: PlanContext) {
  return spansOf(over, [left, right], schema).map((span) => {
    const name = (statistic: PairStatistic) => columnName(left, right, statistic, spanName(span, schema.time));
    return { ...span, name };
  });
}
