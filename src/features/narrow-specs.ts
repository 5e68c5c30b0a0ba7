/** Leaves out of specs what no wanted column needs. */
import { canonicalJson } from "../core/json.ts";
import type { PlanContext, RawColumn } from "./feature.ts";
import type { FeatureSpec } from "./spec.ts";
import { featureOf } from "./table.ts";

/** Options that list things a word makes columns of one by one. */
const lists = ["sensors", "attributes", "over", "by", "stats"] as const;

/**
 * The specs that give wanted columns, each without the entries of its lists that give none of them. Without these the wanted columns are
 * planned as before, with the same reads and the same reach; a spec where they are not stays as it is.
 */
export function narrowSpecs(
  specs: readonly FeatureSpec[],
  context: PlanContext,
  wanted: ReadonlySet<string>,
): FeatureSpec[] {
  return specs.flatMap((spec) => {
    const columns = wantedColumns(spec, context, wanted);
    if (columns.length === 0) return [];
    const narrow = narrowed(spec, (candidate) => wantedColumns(candidate, context, wanted).length > 0);
    const isEnough = canonicalJson(wantedColumns(narrow, context, wanted)) === canonicalJson(columns);
    return [isEnough ? narrow : spec];
  });
}

/** Each entry of a list is planned alone, so that a list as a whole costs about one plan of the spec. */
function narrowed(spec: FeatureSpec, givesWanted: (candidate: FeatureSpec) => boolean): FeatureSpec {
  let narrow = spec;
  for (const list of lists) {
    const entries: unknown = (spec as unknown as Record<string, unknown>)[list];
    if (!Array.isArray(entries)) continue;
    const kept = entries.filter((entry) => givesWanted({ ...narrow, [list]: [entry] }));
    if (kept.length > 0 && kept.length < entries.length) narrow = { ...narrow, [list]: kept };
  }
  return narrow;
}

function wantedColumns(spec: FeatureSpec, context: PlanContext, wanted: ReadonlySet<string>): RawColumn[] {
  return featureOf(spec)
    .plan(spec, context)
    .columns.filter(({ name }) => wanted.has(name));
}
