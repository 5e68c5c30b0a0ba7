/** Counts of readings beside the columns that do not show whether there were any. */
import { type FeaturePlan, planEach, planFeatures } from "./plan.ts";
import type { FeatureSpec, RollingSpec } from "./spec.ts";
import { featureOf } from "./table.ts";

/**
 * The plan with a raw column `count` for each window of a sensor of which it has only statistics that do not show whether they
 * found a reading (`countAbove`, `peaks` …), so that `unreadRows` can tell; the plan itself where there is none. The other columns stay as
 * they are.
 */
export function withReadingCounts(plan: FeaturePlan): FeaturePlan {
  const taken = new Set(planEach(plan.specs, plan).flatMap(({ columns }) => columns.map(({ name }) => name)));
  const wanted = new Set(plan.rawNames);
  const counts: RollingSpec[] = [];
  const names: string[] = [];
  for (const window of plan.specs.flatMap(windowsOf)) {
    const columns = columnsOf(window, plan).filter(({ name }) => wanted.has(name));
    if (columns.length === 0 || columns.some(({ unread }) => unread !== "kept")) continue;
    const count: RollingSpec = { ...window, stats: ["count"] };
    const [{ name }] = columnsOf(count, plan);
    names.push(name);
    if (taken.has(name)) continue;
    taken.add(name);
    counts.push(count);
  }
  if (names.length === 0) return plan;
  const { specs, schema, every, rawNames } = plan;
  return planFeatures([...specs, ...counts], schema, { every, columns: [...rawNames, ...names] });
}

/** A spec for each sensor and window. */
function windowsOf(spec: FeatureSpec): RollingSpec[] {
  if (spec.feature !== "rolling") return [];
  return spec.sensors.flatMap((sensor) => spec.over.map((length) => ({ ...spec, sensors: [sensor], over: [length] })));
}

function columnsOf(spec: RollingSpec, plan: FeaturePlan) {
  return featureOf(spec).plan(spec, plan).columns;
}
