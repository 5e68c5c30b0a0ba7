/** How often events come, against how often they came in the fleet's training rows. */
import { z } from "zod";
import { type Duration, durationLength, durationName, lifeUnit } from "../../core/time.ts";
import { countEventsCall } from "../../kernels/event-calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext, RawColumn, Training } from "../feature.ts";
import type { OutputNode } from "../outputs/table.ts";
import { type AnyKindOptions, kindColumns } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";

export interface RateOfOptions extends AnyKindOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
}

export interface RateOfSpec {
  feature: "rateOf";
  table: string;
  over: readonly Duration[];
  /** A column for events of any kind. Default: true. */
  any?: boolean;
}

/**
 * `rateOf("errors", { over: "7d" })` gives `errors_<kind>_rateRatio_7d` for each kind counted in a training row, and the same for
 * `any` if there was an event: the machine's visible events of the window an hour (counters: per 1,000 cycles) divided by the
 * fleet's. The fleet's rate is the mean over the training rows of the machines' own (so that its mean in training is 1): it knows
 * nothing of any other row, and of a training row only what was visible there. 2 is twice as often as the fleet.
 */
export function rateOf(table: string, options: RateOfOptions): RateOfSpec {
  const { over, any = true, ...others } = options ?? {};
  const spec = { feature: "rateOf", table, over: list(over), ...(any !== true && { any }), ...others };
  return checkSpec(rateOfFeature.shape, spec, "rateOf");
}

export const rateOfFeature: Feature<RateOfSpec> = {
  shape: z.strictObject({
    feature: z.literal("rateOf"),
    table: z.string(),
    over: z.array(z.string()).min(1),
    any: z.boolean().optional(),
  }),

  plan(spec, context) {
    const { table } = spec;
    requireTable(context.schema, table, "rateOf");
    const parts = columnsOf(spec, context);
    const columns = parts.map(
      ({ name, kind, length }): RawColumn => ({ name, reads: [{ table, kind }], reach: { window: length } }),
    );
    return { columns, reads: [{ table }], fittedNames: parts.map(({ ratioName }) => ratioName) };
  },

  compute(spec, context, workspace) {
    const { time } = context.schema;
    const unit = time === "cycles" ? 1_000 : lifeUnit(time);
    for (const { name, kind, length } of columnsOf(spec, context)) {
      const window = { length, anchor: 0, anchored: false, per: length / unit };
      const events = workspace.events(spec.table, kind);
      workspace.call(countEventsCall(workspace.rows, events, window, workspace.output(name)));
    }
  },

  fit(spec, context, training) {
    return columnsOf(spec, context).flatMap(({ name, ratioName }): OutputNode[] => {
      const rate = meanRate(name, training);
      return rate > 0 ? [{ from: "rateRatio", name: ratioName, column: name, rate }] : [];
    });
  },
};

function meanRate(name: string, { rows, column }: Training): number {
  const rates = column(name);
  let sum = 0;
  for (const row of rows) sum += rates[row];
  return sum / rows.length;
}

function columnsOf({ table, over, any }: RateOfSpec, { schema }: PlanContext) {
  return over.flatMap((duration) => {
    const length = durationLength(duration, schema.time);
    return kindColumns(schema, table, { any }).map(({ kind, label }) => {
      const nameOf = (statistic: string) => columnName(table, label, statistic, durationName(length, schema.time));
      return { name: nameOf("rate"), ratioName: nameOf("rateRatio"), kind, length };
    });
  });
}
