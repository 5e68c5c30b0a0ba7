/** The plan of a word that reads sensors as they were some time ago: one column a sensor and shift. */
import { type Duration, durationLength } from "../../core/time.ts";
import { spanName, spanOf } from "../cycles/span.ts";
import type { PlanContext, PlannedFeature } from "../feature.ts";
import type { DeltaSpec, LagSpec } from "../spec.ts";
import { holdLength, requireSensors } from "./known.ts";
import { columnName } from "./names.ts";

/** Columns `<sensor>_<word>_<shift>`; each reaches back by its shift with what a reading holds. @throws PIPELINE_UNKNOWN_SENSOR */
export function planShifted(
  word: "lag" | "delta",
  { sensors, by, hold }: LagSpec | DeltaSpec,
  context: PlanContext,
): PlannedFeature {
  const { schema } = context;
  requireSensors(schema, sensors, word);
  const columns = sensors.flatMap((sensor) => {
    const reads = [{ sensor }];
    return by.map((duration) => {
      const { name, shift, length, counted } = shiftOf(word, { sensor, by: duration, hold }, context);
      return { name, reads, reach: { window: shift + length, ...(counted && { counted }) } };
    });
  });
  return { columns, reads: sensors.map((sensor) => ({ sensor })) };
}

/** A column of a word that reads a sensor some time, or some operating cycles, ago: how long ago, and how old that reading may be. */
export function shiftOf(
  word: "lag" | "delta",
  { sensor, by, hold }: { sensor: string; by: Duration; hold?: Duration },
  context: PlanContext,
): { name: string; shift: number; length: number; counted: boolean } {
  const { schema } = context;
  const span = spanOf(by, sensor, schema);
  const { length: shift, counted } = span;
  const name = columnName(sensor, word, spanName(span, schema.time));
  if (!counted) return { name, shift, length: holdLength(context, hold, word, shift), counted };
  // In cycles the reading is that of one cycle, unless it is said that others may stand for it.
  return { name, shift, length: hold === undefined ? 1 : durationLength(hold, "cycles", word), counted };
}
