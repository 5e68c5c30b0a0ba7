/** How long ago the last event was. */
import { z } from "zod";
import { lifeUnit } from "../../core/time.ts";
import { elapsedCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext } from "../feature.ts";
import type { TimeSinceSpec } from "../spec.ts";
import { type AnyKindOptions, keepSeenKinds, kindColumns } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { columnName } from "./names.ts";

/**
 * `timeSince("maintenance")` gives `maintenance_<kind>_timeSince` for each kind seen by a training row, and
 * `maintenance_any_timeSince`: hours or cycles since the last visible record; NaN where there is none.
 */
export function timeSince(table: string, options: AnyKindOptions = {}): TimeSinceSpec {
  const { any = true, ...others } = options ?? {};
  const spec = { feature: "timeSince", table, ...(any !== true && { any }), ...others };
  return checkSpec(timeSinceFeature.shape, spec, "timeSince");
}

export const timeSinceFeature: Feature<TimeSinceSpec> = {
  shape: z.strictObject({ feature: z.literal("timeSince"), table: z.string(), any: z.boolean().optional() }),

  plan(spec, context) {
    requireTable(context.schema, spec.table, "timeSince");
    const columns = columnsOf(spec, context).map(({ name, kind }) => ({
      name,
      reads: [{ table: spec.table, kind }],
      reach: { since: { table: spec.table, kind } },
    }));
    return { columns, reads: [{ table: spec.table }] };
  },

  compute(spec, context, workspace) {
    for (const { name, kind } of columnsOf(spec, context)) {
      const since = { anchor: workspace.lastEvent(spec.table, kind), fallback: 0 };
      const unit = lifeUnit(context.schema.time);
      workspace.call(elapsedCall(workspace.rows, since, unit, 0, workspace.output(name)));
    }
  },

  fit(spec, context, training) {
    return keepSeenKinds(this.plan(spec, context).columns, training, (value) => !Number.isNaN(value));
  },
};

function columnsOf({ table, any }: TimeSinceSpec, { schema }: PlanContext) {
  return kindColumns(schema, table, { any }).map(({ kind, label }) => ({
    name: columnName(table, label, "timeSince"),
    kind,
  }));
}
