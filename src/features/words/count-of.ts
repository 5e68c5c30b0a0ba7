/** How many events there were. */
import { z } from "zod";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { countEventsCall } from "../../kernels/event-calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext } from "../feature.ts";
import type { CountOfSpec } from "../spec.ts";
import { type AnyKindOptions, keepSeenKinds, kindColumns } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

export interface CountOfOptions extends AnyKindOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

/**
 * `countOf("errors", { over: "24h" })` gives `errors_<kind>_count_1d` for each kind counted in a training row, and
 * `errors_any_count_1d`; 0 where there was none. An outcome table's record counts strictly after its instant.
 */
export function countOf(table: string, options: CountOfOptions): CountOfSpec {
  const { over, resetOn, any = true, ...others } = options ?? {};
  const resets = resetOn === undefined ? {} : { resetOn };
  const spec = { feature: "countOf", table, over: list(over), ...resets, ...(any !== true && { any }), ...others };
  return checkSpec(countOfFeature.shape, spec, "countOf");
}

export const countOfFeature: Feature<CountOfSpec> = {
  shape: z.strictObject({
    feature: z.literal("countOf"),
    table: z.string(),
    over: z.array(z.string()).min(1),
    resetOn: z.string().optional(),
    any: z.boolean().optional(),
  }),

  plan(spec, context) {
    const { table, resetOn } = spec;
    requireTable(context.schema, table, "countOf");
    const { resets, since } = resetReads(context.schema, resetOn, "countOf");
    const parts = columnsOf(spec, context);
    const columns = parts.map(({ name, kind, length }) => ({
      name,
      reads: [{ table, kind }, ...resets],
      reach: { window: length, ...since },
    }));
    return { columns, reads: [{ table }, ...resets] };
  },

  compute(spec, context, workspace) {
    const { table, resetOn } = spec;
    const anchor = resetOn === undefined ? 0 : workspace.lastEvent(resetOn, undefined);
    for (const { name, kind, length } of columnsOf(spec, context)) {
      const events = workspace.events(table, kind);
      const window = { length, anchor, anchored: false, per: 1 };
      workspace.call(countEventsCall(workspace.rows, events, window, workspace.output(name)));
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
