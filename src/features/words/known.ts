/** Checks of the names and lengths that a feature is given against what the fleet has. */
import { ForewarnError } from "../../core/errors.ts";
import { didYouMean } from "../../core/suggest.ts";
import { type Duration, durationLength } from "../../core/time.ts";
import type { PlanContext } from "../feature.ts";
import type { AttributeSchema, EventSchema, FleetSchema } from "../schema.ts";

/** @throws PIPELINE_UNKNOWN_SENSOR */
export function requireSensor(schema: FleetSchema, sensor: string, word: string): void {
  if (schema.sensors.includes(sensor)) return;
  throw unknown("PIPELINE_UNKNOWN_SENSOR", "no telemetry table has this sensor", sensor, schema.sensors, word);
}

/** The same of many sensors, in time that grows by their number alone. @throws PIPELINE_UNKNOWN_SENSOR */
export function requireSensors(schema: FleetSchema, sensors: readonly string[], word: string): void {
  const known = new Set(schema.sensors);
  for (const sensor of sensors) if (!known.has(sensor)) requireSensor(schema, sensor, word);
}

/** @throws PIPELINE_UNKNOWN_TABLE */
export function requireTable(schema: FleetSchema, table: string, word: string): EventSchema {
  if (Object.hasOwn(schema.events, table)) return schema.events[table];
  throw unknown("PIPELINE_UNKNOWN_TABLE", "no event table has this name", table, Object.keys(schema.events), word);
}

/** @throws PIPELINE_UNKNOWN_ATTRIBUTE */
export function requireAttribute(schema: FleetSchema, attribute: string, word: string): AttributeSchema {
  if (Object.hasOwn(schema.attributes, attribute)) return schema.attributes[attribute];
  const known = Object.keys(schema.attributes);
  throw unknown("PIPELINE_UNKNOWN_ATTRIBUTE", "the machine table has no such attribute", attribute, known, word);
}

/** The names of a reference table. @throws PIPELINE_REFERENCE_MISSING when the pipeline has no such table. */
export function requireReference(schema: FleetSchema, table: "schedule" | "limits", word: string): readonly string[] {
  const found = schema[table];
  if (found !== undefined) return found;
  throw new ForewarnError("PIPELINE_REFERENCE_MISSING", {
    problem: "a feature needs a reference table that the pipeline does not have",
    expected: `\`reference: { ${table}: … }\``,
    where: word,
  });
}

/** The table of replacements: the one named, else "maintenance" where there is one. @throws PIPELINE_UNKNOWN_TABLE */
export function maintenanceTable(schema: FleetSchema, named: string | undefined, word: string): string | undefined {
  if (named !== undefined) requireTable(schema, named, word);
  return named ?? (Object.hasOwn(schema.events, "maintenance") ? "maintenance" : undefined);
}

/**
 * How long a reading counts, in the fleet's time unit: as given, else three grid steps, else `otherwise`, else three cycles.
 * @throws PIPELINE_HOLD_MISSING for timestamps without a grid where nothing else says it.
 */
export function holdLength(
  { schema, every }: PlanContext,
  hold: Duration | undefined,
  word: string,
  otherwise?: number,
): number {
  if (hold !== undefined) return durationLength(hold, schema.time);
  if (every !== undefined) return 3 * every;
  if (otherwise !== undefined) return otherwise;
  if (schema.time === "cycles") return 3;
  throw new ForewarnError("PIPELINE_HOLD_MISSING", {
    problem: "without a grid of cutoffs it is not said how long a reading counts",
    expected: "`hold`, or `every` in the pipeline",
    where: word,
    hint: 'give for example { hold: "3h" }',
  });
}

function unknown(
  code: `PIPELINE_${string}`,
  problem: string,
  name: string,
  known: readonly string[],
  where: string,
): ForewarnError {
  return new ForewarnError(code, { problem, found: name, where, hint: didYouMean(name, known) });
}
