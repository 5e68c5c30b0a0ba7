/** The feature plan: which columns there will be, what each depends on, and how far back it looks. */
import { ForewarnError } from "../core/errors.ts";
import { shownJson } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
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
 * (PIPELINE_NAME_COLLISION), PIPELINE_OPTION_VALUE for `every`, PIPELINE_UNKNOWN_COLUMN for a wanted column that there is not
 */
export function planFeatures(
  specs: readonly FeatureSpec[],
  given: FleetSchema,
  { every, columns, cycles }: PlanOptions = {},
): FeaturePlan {
  if (!Array.isArray(specs)) throw badOption("features", "a list of features", shownJson(specs));
  if (every !== undefined && !(Number.isFinite(every) && every > 0))
    throw badOption("every", "a length of time in the fleet's unit, above 0", String(every));
  const schema = cycles === undefined ? given : withCycleSensors(given, cycles, quantitiesWanted(specs));
  const context = { schema, ...(every !== undefined && { every }) };
  const planned = planEach(specs, context);
  const names = planned.flatMap((feature) => feature.columns.map(({ name }) => name));
  checkNames(specs, planned);
  const wanted = columns === undefined ? undefined : new Set(columns);
  if (columns !== undefined) checkColumns(columns, names);
  const rawNames = wanted === undefined ? names : names.filter((name) => wanted.has(name));
  let lookback = 0;
  for (const feature of planned)
    for (const { reach } of feature.columns) lookback = Math.max(lookback, reach?.window ?? 0);
  return { ...context, specs, lookback, ...(columns !== undefined && { columns }), rawNames };
}

/** The nodes of each spec, with what each reads. @throws PIPELINE_* as `planFeatures` */
export function planEach(specs: readonly FeatureSpec[], context: PlanContext): PlannedFeature[] {
  const before: string[] = [];
  return specs.map((spec, i) => {
    checkFeature(spec, context.schema.time, `features[${i}]`, { cycles: context.schema.cycles !== undefined });
    const planned = reachOverCycles(featureOf(spec).plan(spec, { ...context, before: [...before] }), context.schema);
    for (const { name } of planned.columns) before.push(name);
    for (const name of planned.fittedNames ?? []) before.push(name);
    return planned;
  });
}

function badOption(option: string, expected: string, found: string): ForewarnError {
  return new ForewarnError("PIPELINE_OPTION_VALUE", {
    problem: "features cannot be planned so",
    expected,
    found,
    where: `planFeatures(…), ${option}`,
  });
}

function checkColumns(columns: readonly string[], names: readonly string[]): void {
  const known = new Set(names);
  const unknown = columns.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new ForewarnError("PIPELINE_UNKNOWN_COLUMN", {
    problem: "a column is wanted that no feature gives",
    found: String(unknown),
    where: "planFeatures(…), columns",
    hint: didYouMean(unknown, names),
  });
}

function checkNames(specs: readonly FeatureSpec[], planned: readonly PlannedFeature[]): void {
  const owners = new Map<string, number>();
  const place = (i: number) => `features[${i}] (${specs[i].feature})`;
  for (const [i, { columns, fittedNames = [] }] of planned.entries()) {
    for (const name of [...columns.map((column) => column.name), ...fittedNames]) {
      const owner = owners.get(name);
      owners.set(name, i);
      if (owner === undefined) continue;
      throw new ForewarnError("PIPELINE_NAME_COLLISION", {
        problem: "two feature columns have the same name",
        found: name,
        where: owner === i ? `${place(i)} gives both` : `${place(owner)} and ${place(i)}`,
        hint:
          owner === i
            ? "list nothing twice, and rename sensors, kinds or values that differ only in characters outside [A-Za-z0-9_] or are called `any` or `other`"
            : "leave one of the two out, or tell them apart by `name` where the feature takes one: options such as `resetOn` and `hold` are not part of a column's name",
      });
    }
  }
}
