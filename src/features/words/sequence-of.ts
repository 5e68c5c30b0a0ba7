/** How often one kind of event followed another. */
import { z } from "zod";
import { type Duration, durationLength, durationName } from "../../core/time.ts";
import { countSequencesCall } from "../../kernels/event-calls.ts";
import { checkSpec } from "../check-spec.ts";
import type { Feature, PlanContext, RawColumn } from "../feature.ts";
import { keepSeenKinds } from "./kinds.ts";
import { requireTable } from "./known.ts";
import { list } from "./list.ts";
import { columnName } from "./names.ts";
import { resetReads } from "./reset-on.ts";

export interface SequenceOfOptions {
  /** How much later than the event before an event may be, at most. */
  within: Duration;
  /** Window lengths; a window is (t - length, t]. */
  over: Duration | readonly Duration[];
  /** An event table: a window starts anew right after the machine's last visible record. Default: it never does. */
  resetOn?: string;
}

export interface SequenceOfSpec {
  feature: "sequenceOf";
  table: string;
  /** In the order in which they follow each other. */
  kinds: readonly string[];
  within: Duration;
  over: readonly Duration[];
  resetOn?: string;
}

/**
 * `sequenceOf("errors", ["e1", "e2"], { within: "6h", over: "7d" })` gives `errors_e1_e2_sequence_6h_7d`: the visible events e2 of
 * the window before which there is an e1, strictly earlier, by at most 6 h, in the window too. Longer sequences step on alike, each
 * step within 6 h of the one before; 0 where there is none. The column is left out if no training row counts one.
 * @param kinds two to 16 kinds of the table; one may be there twice
 */
export function sequenceOf(table: string, kinds: readonly string[], options: SequenceOfOptions): SequenceOfSpec {
  const { within, over, resetOn, ...others } = options ?? {};
  const spec = {
    feature: "sequenceOf",
    table,
    kinds,
    within,
    over: list(over),
    ...(resetOn !== undefined && { resetOn }),
    ...others,
  };
  return checkSpec(sequenceOfFeature.shape, spec, "sequenceOf");
}

export const sequenceOfFeature: Feature<SequenceOfSpec> = {
  shape: z.strictObject({
    feature: z.literal("sequenceOf"),
    table: z.string(),
    kinds: z.array(z.string()).min(2).max(16),
    within: z.string(),
    over: z.array(z.string()).min(1),
    resetOn: z.string().optional(),
  }),

  plan(spec, context) {
    const { table, kinds, resetOn } = spec;
    requireTable(context.schema, table, "sequenceOf");
    const { resets, since } = resetReads(context.schema, resetOn, "sequenceOf");
    const steps = [...new Set(kinds)].map((kind) => ({ table, kind }));
    const columns = columnsOf(spec, context).map(
      ({ name, length }): RawColumn => ({
        name,
        reads: [...steps, ...resets],
        reach: { window: length, ...since },
      }),
    );
    return { columns, reads: [{ table }, ...resets] };
  },

  compute(spec, context, workspace) {
    const { table, kinds, within, resetOn } = spec;
    const steps = { kinds, within: durationLength(within, context.schema.time) };
    const anchor = resetOn === undefined ? 0 : workspace.lastEvent(resetOn, undefined);
    const { rows } = workspace;
    for (const { name, length } of columnsOf(spec, context)) {
      const output = workspace.output(name);
      if (output === 0) continue;
      const { kind, code } = workspace.kinds(table);
      const rule = { kind, codes: workspace.numbers(kinds.map(code)), steps: kinds.length, within: steps.within };
      const [events, known] = [workspace.events(table, undefined), workspace.sequences(table, steps)];
      workspace.call(countSequencesCall(rows, events, rule, known, { length, anchor }, output));
    }
  },

  fit(spec, context, training) {
    return keepSeenKinds(this.plan(spec, context).columns, training, (count) => count > 0);
  },
};

function columnsOf({ table, kinds, within, over }: SequenceOfSpec, { schema }: PlanContext) {
  const step = durationName(durationLength(within, schema.time, "sequenceOf, within"), schema.time);
  return over.map((duration) => {
    const length = durationLength(duration, schema.time);
    return { name: columnName(table, ...kinds, "sequence", step, durationName(length, schema.time)), length };
  });
}
