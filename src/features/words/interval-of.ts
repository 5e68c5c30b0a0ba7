/** How far apart events are. */
import { z } from "zod";
import { type Duration, durationLength, durationName, lifeUnit } from "../../core/time.ts";
import { eventIntervalsCall } from "../../kernels/event-calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext, RawColumn } from "../feature.ts";
import { type AnyKindOptions, keepSeenKinds, kindColumns } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

const statistics = ["mean", "last"] as const;
type IntervalStatistic = (typeof statistics)[number];

export interface IntervalOfOptions extends AnyKindOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /** The mean of the window's intervals, and the last one. Default: both. */
  stats?: IntervalStatistic | readonly IntervalStatistic[];
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

export interface IntervalOfSpec {
  feature: "intervalOf";
  table: string;
  over: readonly Duration[];
  stats: readonly IntervalStatistic[];
  resetOn?: string;
  /** A column for events of any kind. Default: true. */
  any?: boolean;
}

/**
 * `intervalOf("failures", { over: "365d" })` gives `failures_<kind>_meanInterval_365d` and `failures_<kind>_lastInterval_365d` for
 * each kind with an interval in a training row, and the same for `any`: hours or cycles from each visible event of the window to
 * the next in it; NaN with fewer than two. For `any`, records stamped at one instant are one event. The mean over a window that
 * holds many is the mean time between failures.
 */
export function intervalOf(table: string, options: IntervalOfOptions): IntervalOfSpec {
  const { over, stats = statistics, resetOn, any = true, ...others } = options ?? {};
  const spec = {
    feature: "intervalOf",
    table,
    over: list(over),
    stats: list(stats),
    ...(resetOn !== undefined && { resetOn }),
    ...(any !== true && { any }),
    ...others,
  };
  return checkSpec(intervalOfFeature.shape, spec, "intervalOf");
}

export const intervalOfFeature: Feature<IntervalOfSpec> = {
  shape: z.strictObject({
    feature: z.literal("intervalOf"),
    table: z.string(),
    over: z.array(z.string()).min(1),
    stats: z.array(z.enum(statistics)).min(1),
    resetOn: z.string().optional(),
    any: z.boolean().optional(),
  }),

  plan(spec, context) {
    const { table, resetOn, stats } = spec;
    requireTable(context.schema, table, "intervalOf");
    const { resets, since } = resetReads(context.schema, resetOn, "intervalOf");
    const columns = partsOf(spec, context).flatMap(({ kind, length, name }) =>
      stats.map(
        (statistic): RawColumn => ({
          name: name(statistic),
          reads: [{ table, kind }, ...resets],
          reach: { window: length, ...since },
        }),
      ),
    );
    return { columns, reads: [{ table }, ...resets] };
  },

  compute(spec, context, workspace) {
    const { table, resetOn, stats } = spec;
    const unit = lifeUnit(context.schema.time);
    const anchor = resetOn === undefined ? 0 : workspace.lastEvent(resetOn, undefined);
    for (const { kind, length, name } of partsOf(spec, context)) {
      const output = (statistic: IntervalStatistic) =>
        stats.includes(statistic) ? workspace.output(name(statistic)) : 0;
      const out = { mean: output("mean"), last: output("last") };
      const events = workspace.events(table, kind);
      workspace.call(eventIntervalsCall(workspace.rows, events, { length, anchor }, unit, out));
    }
  },

  fit(spec, context, training) {
    return keepSeenKinds(this.plan(spec, context).columns, training, (interval) => !Number.isNaN(interval));
  },
};

function partsOf({ table, over, any }: IntervalOfSpec, { schema }: PlanContext) {
  return over.flatMap((duration) => {
    const length = durationLength(duration, schema.time);
    return kindColumns(schema, table, { any }).map(({ kind, label }) => ({
      kind,
      length,
      name: (statistic: IntervalStatistic) =>
        columnName(table, label, `${statistic}Interval`, durationName(length, schema.time)),
    }));
  });
}
