/** Lengths of windows and shifts over a sensor: a time, or a number of operating cycles where the sensor has one value a cycle. */
import { ForewarnError } from "../../core/errors.ts";
import { type Duration, durationLength, durationName, type TimeKind } from "../../core/time.ts";
import type { FleetSchema } from "../schema.ts";
import { cycleSensors, isCycleSensor } from "./cycle-schema.ts";

export interface Span {
  /** In the fleet's time unit, or in cycles. */
  length: number;
  /** Whether it counts cycles. */
  counted: boolean;
}

/**
 * "5c" is five operating cycles for a sensor that has one value a cycle, and the counter's own unit where a fleet's time is a counter.
 * @param where the option it stands in, for messages.
 * @throws PIPELINE_DURATION when it cannot be read, or counts cycles where the sensor has none.
 */
export function spanOf(duration: Duration, sensor: string, schema: FleetSchema, where?: string): Span {
  const counted = schema.time === "timestamp" && isCycleSensor(schema, sensor) && countsCycles(duration);
  if (schema.cycles !== undefined && !counted && countsCycles(duration))
    throw noCycles(duration, sensor, schema, where);
  return { length: durationLength(duration, counted ? "cycles" : schema.time, where), counted };
}

/** @param durations lengths of windows over both sensors: in cycles only where both have one value a cycle. @throws PIPELINE_DURATION */
export function spansOf(durations: readonly Duration[], sensors: readonly string[], schema: FleetSchema): Span[] {
  return durations.map((duration) => sensors.map((sensor) => spanOf(duration, sensor, schema))[0]);
}

function noCycles(duration: Duration, sensor: string, schema: FleetSchema, where = sensor): ForewarnError {
  return new ForewarnError("PIPELINE_DURATION", {
    problem: "a length counts operating cycles, and its sensor has not one value a cycle",
    expected: `a time such as "7d", or one of the sensors ${cycleSensors(schema).join(", ")}`,
    found: `${duration} of ${sensor}`,
    where,
  });
}

/** Whether a length is written as a number of cycles. */
export function countsCycles(duration: Duration): boolean {
  return /^\s*\d+(\.\d+)?c\s*$/.test(String(duration));
}

/** Its name in a column: "5c", or a time as `durationName` gives it. */
export function spanName({ length, counted }: Span, time: TimeKind): string {
  return durationName(length, counted ? "cycles" : time);
}
