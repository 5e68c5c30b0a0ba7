/** `long({ tag, value, tags })`: a telemetry source whose rows hold one reading each. */
import type { LongSensors, SourceSpec } from "./spec.ts";

/**
 * Each row is a reading of the sensor that its tag stands for, and every sensor keeps its own times. Rows of other tags are refused, or
 * quarantined by the rule `unknownTag`.
 */
export function long({
  tag,
  value,
  tags,
}: {
  /** The column that says which sensor a row is about. */
  tag: string;
  /** The column of the reading. */
  value: string;
  /** The sensor of each tag, { "T-101": "temperature" }; or the tags that are called as their sensors, ["temperature", "pressure"]. */
  tags: readonly string[] | Readonly<Record<string, string>>;
}): LongSensors {
  const named = Array.isArray(tags) ? Object.fromEntries(tags.map((name: string) => [name, name])) : tags;
  return { tag, value, tags: named as Readonly<Record<string, string>> };
}

/** The sensors of a telemetry source in the order in which it names them. */
export function sensorsOf({ sensors = [] }: Pick<SourceSpec, "sensors">): readonly string[] {
  return isLong(sensors) ? [...new Set(Object.values(sensors.tags))] : sensors;
}

export function isLong(sensors: readonly string[] | LongSensors | undefined): sensors is LongSensors {
  return sensors !== undefined && !Array.isArray(sensors);
}
