/** Of which kind the last event was. */
import { z } from "zod";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { emitEqualCall } from "../../kernels/event-calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext, RawColumn } from "../feature.ts";
import type { OutputNode } from "../outputs/table.ts";
import { keepSeenKinds, kindColumns } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

export interface LastKindOptions {
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

export interface LastKindSpec {
  feature: "lastKind";
  table: string;
  over: readonly Duration[];
  resetOn?: string;
}

/**
 * `lastKind("errors", { over: "30d" })` gives `errors_<kind>_lastKind_30d` (1 or 0) for each kind that was the window's last in a
 * training row, `errors_none_lastKind_30d`, which is 1 where no event of the window is visible, and `errors_other_lastKind_30d`, which is
 * 1 for every other kind, also one never seen or a record without a kind. Of several at the last instant the kind that is the
 * smallest by bytes counts.
 */
export function lastKind(table: string, options: LastKindOptions): LastKindSpec {
  const { over, resetOn, ...others } = options ?? {};
  const resets = resetOn === undefined ? {} : { resetOn };
  const spec = { feature: "lastKind", table, over: list(over), ...resets, ...others };
  return checkSpec(lastKindFeature.shape, spec, "lastKind");
}

/** The code of the kernel for no event. */
const NO_EVENT = -1;

export const lastKindFeature: Feature<LastKindSpec> = {
  shape: z.strictObject({
    feature: z.literal("lastKind"),
    table: z.string(),
    over: z.array(z.string()).min(1),
    resetOn: z.string().optional(),
  }),

  plan(spec, context) {
    const { table, resetOn } = spec;
    requireTable(context.schema, table, "lastKind");
    const { resets, since } = resetReads(context.schema, resetOn, "lastKind");
    const windows = windowsOf(spec, context);
    const columns = windows.flatMap(({ length, kinds, none }) =>
      [...kinds, { name: none, kind: undefined }].map(
        ({ name, kind }): RawColumn => ({
          name,
          // An event of any kind may be the last.
          reads: [...(kind === undefined ? [] : [{ table, kind }]), { table }, ...resets],
          reach: { window: length, ...since },
        }),
      ),
    );
    return { columns, reads: [{ table }, ...resets], fittedNames: windows.map(({ other }) => other) };
  },

  compute(spec, context, workspace) {
    const { table, resetOn } = spec;
    for (const { length, kinds, none } of windowsOf(spec, context)) {
      const columns = [
        ...kinds.map(({ name, kind }) => ({ code: workspace.kinds(table).code(kind), output: workspace.output(name) })),
        { code: NO_EVENT, output: workspace.output(none) },
      ];
      if (columns.every(({ output }) => output === 0)) continue;
      const last = workspace.lastKind(table, { length, resetOn });
      for (const { code, output } of columns) workspace.call(emitEqualCall(last, code, output));
    }
  },

  fit(spec, context, training) {
    const { columns } = this.plan(spec, context);
    return windowsOf(spec, context).flatMap(({ kinds, none, other }): OutputNode[] => {
      const names = [...kinds.map(({ name }) => name), none];
      const own = columns.filter(({ name }) => names.includes(name));
      const kept = keepSeenKinds(own, training, (is) => is === 1);
      const levels = kept.flatMap((node) => (node.from === "raw" ? [node.name] : []));
      return [...kept, { from: "other", name: other, known: none, levels }];
    });
  },
};

function windowsOf({ table, over }: LastKindSpec, { schema }: PlanContext) {
  return over.map((duration) => {
    const length = durationLength(duration, schema.time);
    const nameOf = (label: string) => columnName(table, label, "lastKind", durationName(length, schema.time));
    const kinds = kindColumns(schema, table, { any: false }).flatMap(({ kind, label }) =>
      kind === undefined ? [] : [{ name: nameOf(label), kind }],
    );
    return { length, kinds, none: nameOf("none"), other: nameOf("other") };
  });
}
