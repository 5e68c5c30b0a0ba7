/** Leaves out of specs what no wanted column needs. */
import { canonicalJson } from "../core/json.ts";
import type { PlanContext } from "./feature.ts";
import type { FeatureSpec } from "./spec.ts";
import { featureOf } from "./table.ts";

/** Options that list things a word makes columns of one by one. */
const lists = ["sensors", "attributes", "over", "by", "stats"] as const;

/**
 * The specs that give wanted columns, each without the entries of its lists that none of them needs: without an entry the wanted columns
 * must still be planned as before, with the same reads and the same reach.
 */
export function narrowSpecs(
  specs: readonly FeatureSpec[],
  context: PlanContext,
  wanted: ReadonlySet<string>,
): FeatureSpec[] {
  return specs.flatMap((spec) => {
    const planned = wantedColumns(spec, context, wanted);
    return planned === "[]"
      ? []
      : [narrowed(spec, (candidate) => wantedColumns(candidate, context, wanted) === planned)];
  });
}

function narrowed(spec: FeatureSpec, isEnough: (candidate: FeatureSpec) => boolean): FeatureSpec {
  let narrow = spec;
  for (const list of lists) {
    const entries: unknown = (spec as unknown as Record<string, unknown>)[list];
    if (!Array.isArray(entries)) continue;
    let kept: readonly unknown[] = entries;
    for (const entry of entries) {
      const fewer = kept.filter((other) => other !== entry);
      const candidate = { ...narrow, [list]: fewer };
      if (fewer.length === 0 || !isEnough(candidate)) continue;
      kept = fewer;
      narrow = candidate;
    }
  }
  return narrow;
}

/** What is planned for the wanted columns, as text. */
function wantedColumns(spec: FeatureSpec, context: PlanContext, wanted: ReadonlySet<string>): string {
  const { columns } = featureOf(spec).plan(spec, context);
  return canonicalJson(columns.filter(({ name }) => wanted.has(name)));
}
