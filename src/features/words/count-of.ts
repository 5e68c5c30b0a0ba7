/** How many events there were. */
import { z } from "zod";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { countEventsCall } from "../../kernels/calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext } from "../feature.ts";
import type { CountOfSpec } from "../spec.ts";
import { type AnyKindOptions, keepSeenKinds, kindColumns } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";

export interface CountOfOptions extends AnyKindOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
}

/**
 * `countOf("errors", { over: "24h" })` gives `errors_<kind>_count_1d` for each kind counted in a training row, and
 * `errors_any_count_1d`; 0 where there was none. An outcome table's record counts strictly after its instant.
 */
export function countOf(table: string, options: CountOfOptions): CountOfSpec {
  const { over, any = true, ...others } = options ?? {};
  const spec = { feature: "countOf", table, over: list(over), ...(any !== true && { any }), ...others };
  return checkSpec(countOfFeature.shape, spec, "countOf");
}

export const countOfFeature: Feature<CountOfSpec> = {
  shape: z.strictObject({
    feature: z.literal("countOf"),
    table: z.string(),
    over: z.array(z.string()).min(1),
    any: z.boolean().optional(),
  }),

  plan(spec, context) {
    requireTable(context.schema, spec.table, "countOf");
    const parts = columnsOf(spec, context);
    const columns = parts.map(({ name, kind, length }) => ({
      name,
      reads: [{ table: spec.table, kind }],
      reach: { window: length },
    }));
    return { columns, reads: [{ table: spec.table }] };
  },

  compute(spec, context, workspace) {
    for (const { name, kind, length } of columnsOf(spec, context)) {
      const events = workspace.events(spec.table, kind);
      workspace.call(countEventsCall(workspace.rows, events, length, workspace.output(name)));
    }
  },

  fit(spec, context, training) {
    return keepSeenKinds(this.plan(spec, context).columns, training, (count) => count > 0);
  },
};

function columnsOf({ table, over, any }: CountOfSpec, { schema }: PlanContext) {
  return over.flatMap((duration) => {
    const length = durationLength(duration, schema.time);
    return kindColumns(schema, table, { any }).map(({ kind, label }) => ({
      name: columnName(table, label, "count", durationName(length, schema.time)),
      kind,
      length,
    }));
  });
}
