/** How many events there were since the last replacement. */
import { z } from "zod";
import { countEventsCall } from "../../kernels/event-calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext } from "../feature.ts";
import { type AnyKindOptions, keepSeenKinds, kindColumns } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { columnName } from "./names.ts";

export interface CountSinceOptions extends AnyKindOptions {
  /** The event table of replacements. */
  since: string;
  /** The kind of replacement that is counted from. Default: any. */
  component?: string;
}

export interface CountSinceSpec {
  feature: "countSince";
  table: string;
  since: string;
  component?: string;
  /** A column for events of any kind. Default: true. */
  any?: boolean;
}

/**
 * `countSince("errors", { since: "maintenance" })` gives `errors_<kind>_countSince_maintenance` for each kind counted in a training
 * row, and `errors_any_countSince_maintenance`: the visible events after the last visible replacement (one at its very instant
 * belongs to the time before it); NaN where no replacement is visible, since nobody knows how long the parts were there.
 */
export function countSince(table: string, options: CountSinceOptions): CountSinceSpec {
  const { since, component, any = true, ...others } = options ?? {};
  const spec = {
    feature: "countSince",
    table,
    since,
    ...(component !== undefined && { component }),
    ...(any !== true && { any }),
    ...others,
  };
  return checkSpec(countSinceFeature.shape, spec, "countSince");
}

export const countSinceFeature: Feature<CountSinceSpec> = {
  shape: z.strictObject({
    feature: z.literal("countSince"),
    table: z.string(),
    since: z.string(),
    component: z.string().optional(),
    any: z.boolean().optional(),
  }),

  plan(spec, context) {
    const { table, since, component } = spec;
    requireTable(context.schema, table, "countSince");
    requireTable(context.schema, since, "countSince");
    const anchor = { table: since, kind: component };
    const columns = columnsOf(spec, context).map(({ name, kind }) => ({
      name,
      reads: [{ table, kind }, anchor],
      reach: { since: anchor },
    }));
    return { columns, reads: [{ table }, { table: since }] };
  },

  compute(spec, context, workspace) {
    const anchor = workspace.lastEvent(spec.since, spec.component);
    for (const { name, kind } of columnsOf(spec, context)) {
      const window = { length: Number.POSITIVE_INFINITY, anchor, anchored: true, per: 1 };
      const events = workspace.events(spec.table, kind);
      workspace.call(countEventsCall(workspace.rows, events, window, workspace.output(name)));
    }
  },

  fit(spec, context, training) {
    return keepSeenKinds(this.plan(spec, context).columns, training, (count) => count > 0);
  },
};

function columnsOf({ table, since, component, any }: CountSinceSpec, { schema }: PlanContext) {
  return kindColumns(schema, table, { any }).map(({ kind, label }) => ({
    name: columnName(table, label, "countSince", since, component),
    kind,
  }));
}
