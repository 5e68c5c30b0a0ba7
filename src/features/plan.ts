/** The feature plan: which columns there will be, what each depends on, and how far back it looks. */
import { ForewarnError } from "../core/errors.ts";
import { checkFeature } from "./check-feature.ts";
import type { PlanContext, PlannedFeature } from "./feature.ts";
import type { FleetSchema } from "./schema.ts";
import type { FeatureSpec } from "./spec.ts";
import { featureOf } from "./table.ts";

export interface FeaturePlan extends PlanContext {
  specs: readonly FeatureSpec[];
  schema: FleetSchema;
  /** The longest window with what it lags, in the fleet's time unit; anchored features add nothing. */
  lookback: number;
  /** The unfitted columns, in the order of `specs`. */
  rawNames: readonly string[];
}

export interface PlanOptions {
  /** The grid of cutoffs in the fleet's time unit. Default: every telemetry row is a cutoff. */
  every?: number;
}

/**
 * Plans features for fleets of a schema.
 * @throws PIPELINE_* when a feature cannot be read, names what the fleet does not have, or two columns have one name
 * (PIPELINE_NAME_COLLISION).
 */
export function planFeatures(
  specs: readonly FeatureSpec[],
  schema: FleetSchema,
  { every }: PlanOptions = {},
): FeaturePlan {
  const context = { schema, ...(every !== undefined && { every }) };
  const planned = specs.map((spec, i) => planFeature(spec, context, `features[${i}]`));
  const names = planned.flatMap(({ columns }) => columns.map(({ name }) => name));
  checkNames([...names, ...planned.flatMap(({ fittedNames }) => fittedNames ?? [])]);
  return { ...context, specs, lookback: Math.max(0, ...planned.map(({ lookback }) => lookback)), rawNames: names };
}

/** The nodes of one spec, with what each reads. */
export function planFeature(spec: FeatureSpec, context: PlanContext, where: string): PlannedFeature {
  checkFeature(spec, context.schema.time, where);
  return featureOf(spec).plan(spec, context);
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new ForewarnError("PIPELINE_NAME_COLLISION", {
        problem: "two feature columns have the same name",
        found: name,
        hint: "remove one, or rename the sensors, kinds or values that differ only in characters outside [A-Za-z0-9_]",
      });
    }
    seen.add(name);
  }
}
