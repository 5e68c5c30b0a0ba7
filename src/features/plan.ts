/** The feature plan: which columns there will be, what each depends on, and how far back it looks. */
import { ForewarnError } from "../core/errors.ts";
import { checkFeature } from "./check-feature.ts";
import { reachOverCycles } from "./cycles/cycle-reach.ts";
import { withCycleSensors } from "./cycles/cycle-schema.ts";
import type { OperatingCycles } from "./cycles/operating-cycles.ts";
import type { PlanContext, PlannedFeature } from "./feature.ts";
import type { FleetSchema } from "./schema.ts";
import type { FeatureSpec } from "./spec.ts";
import { featureOf } from "./table.ts";
import { quantitiesWanted } from "./words/per-cycle.ts";

export interface FeaturePlan extends PlanContext {
  specs: readonly FeatureSpec[];
  schema: FleetSchema;
  /** The longest window with what it lags, in the fleet's time unit; anchored features add nothing, operating cycles may reach back any time (Infinity). */
  lookback: number;
  /** The only unfitted columns that are wanted. Default: all. */
  columns?: readonly string[];
  /** The unfitted columns that are computed, in the order of `specs`. */
  rawNames: readonly string[];
}

export interface PlanOptions {
  /** How the telemetry falls into operating cycles, where the schema does not say so. Default: it does not. */
  cycles?: OperatingCycles;
  /** The grid of cutoffs in the fleet's time unit. Default: every telemetry row is a cutoff. */
  every?: number;
  /** The only unfitted columns that are wanted: the others are not computed. Default: all. */
  columns?: readonly string[];
}

/**
 * Plans features for fleets of a schema.
 * @throws PIPELINE_* when a feature cannot be read, names what the fleet does not have, or two columns have one name
 * (PIPELINE_NAME_COLLISION).
 */
export function planFeatures(
  specs: readonly FeatureSpec[],
  given: FleetSchema,
  { every, columns, cycles }: PlanOptions = {},
): FeaturePlan {
  const schema = cycles === undefined ? given : withCycleSensors(given, cycles, quantitiesWanted(specs));
  const context = { schema, ...(every !== undefined && { every }) };
  const planned = planEach(specs, context);
  const names = planned.flatMap((feature) => feature.columns.map(({ name }) => name));
  checkNames([...names, ...planned.flatMap(({ fittedNames }) => fittedNames ?? [])]);
  const wanted = columns === undefined ? undefined : new Set(columns);
  const rawNames = wanted === undefined ? names : names.filter((name) => wanted.has(name));
  const lookback = Math.max(0, ...planned.flatMap((feature) => feature.columns.map(({ reach }) => reach?.window ?? 0)));
  return { ...context, specs, lookback, ...(columns !== undefined && { columns }), rawNames };
}

/** The nodes of each spec, with what each reads. @throws PIPELINE_* as `planFeatures` */
export function planEach(specs: readonly FeatureSpec[], context: PlanContext): PlannedFeature[] {
  const before: string[] = [];
  return specs.map((spec, i) => {
    checkFeature(spec, context.schema.time, `features[${i}]`, { cycles: context.schema.cycles !== undefined });
    const planned = reachOverCycles(featureOf(spec).plan(spec, { ...context, before: [...before] }), context.schema);
    before.push(...planned.columns.map(({ name }) => name), ...(planned.fittedNames ?? []));
    return planned;
  });
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
