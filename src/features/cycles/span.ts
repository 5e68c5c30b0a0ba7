/** Lengths of windows and shifts over a sensor: a time, or a number of operating cycles where the sensor has one value a cycle. */
import { type Duration, durationLength, durationName, type TimeKind } from "../../core/time.ts";
import type { FleetSchema } from "../schema.ts";
import { isCycleSensor } from "./cycle-schema.ts";

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
  return { length: durationLength(duration, counted ? "cycles" : schema.time, where), counted };
}

/** Whether a length is written as a number of cycles. */
export function countsCycles(duration: Duration): boolean {
  return /^\s*\d+(\.\d+)?c\s*$/.test(String(duration));
}

/** Its name in a column: "5c", or a time as `durationName` gives it. */
export function spanName({ length, counted }: Span, time: TimeKind): string {
  return durationName(length, counted ? "cycles" : time);
}
