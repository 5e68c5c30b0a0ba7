/** How far back each column of a plan may read: what lies before that may be anything. */
import type { Reach } from "../features/feature.ts";
import { type FeaturePlan, planEach } from "../features/plan.ts";

/** By column name; columns that hold the facts of a machine as of the cutoff have none. */
export function reachOf(plan: FeaturePlan): Map<string, Reach> {
  const columns = planEach(plan.specs, plan).flatMap((planned) => planned.columns);
  return new Map(columns.flatMap(({ name, reach }) => (reach === undefined ? [] : [[name, reach]])));
}
