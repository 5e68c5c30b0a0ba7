/** How far back each column of a plan may read: what lies before that may be anything. */
import type { RawColumn } from "../features/feature.ts";
import { type FeaturePlan, planFeature } from "../features/plan.ts";
import type { FeatureSpec } from "../features/spec.ts";

/** At cutoff t a column reads nothing of what lies before the later of t - window and its anchor. */
export interface Reach {
  /** The length of its window (t - window, t], in the fleet's time unit. */
  window?: number;
  /** Its anchor: the machine's last visible record of a table, of a kind where one is given. */
  since?: { table: string; kind?: string };
}

/** By column name; columns that hold the facts of a machine as of the cutoff have none. */
export function reachOf(plan: FeaturePlan): Map<string, Reach> {
  const reaches = new Map<string, Reach>();
  for (const spec of plan.specs.flatMap(oneWindowEach)) {
    const { columns, lookback } = planFeature(spec, plan, spec.feature);
    for (const [i, column] of columns.entries()) {
      const since = anchorOf(spec, plan, column, i);
      const window = lookback > 0 ? lookback : undefined;
      if (window !== undefined || since !== undefined) reaches.set(column.name, { window, since });
    }
  }
  return reaches;
}

/** A word with several windows as several words, so that each column has the reach of its own. */
function oneWindowEach(spec: FeatureSpec): FeatureSpec[] {
  if ("over" in spec) return spec.over.map((over) => ({ ...spec, over: [over] }));
  if ("by" in spec) return spec.by.map((by) => ({ ...spec, by: [by] }));
  return [spec];
}

function anchorOf(spec: FeatureSpec, plan: FeaturePlan, { reads }: RawColumn, i: number): Reach["since"] {
  if (spec.feature === "rolling") return spec.resetOn === undefined ? undefined : { table: spec.resetOn };
  const event = reads.find((read) => "table" in read);
  if (event === undefined) return undefined;
  if (spec.feature === "timeSince" || spec.feature === "usedSince") return { table: event.table, kind: event.kind };
  if (spec.feature !== "scheduleUsed") return undefined;
  // A column a component, in their order; the first table read is that of replacements, if there is one at all.
  const learned = spec.schedule === "schedule" ? undefined : spec.schedule.of;
  const components = learned === undefined ? (plan.schema.schedule ?? []) : plan.schema.events[learned].kinds;
  const isReplacements = event.kind === undefined && event.table !== learned;
  return isReplacements ? { table: event.table, kind: components[i] || undefined } : undefined;
}
