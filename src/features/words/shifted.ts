/** The plan of a word that reads sensors as they were some time ago: one column a sensor and shift. */
import { durationLength, durationName } from "../../core/time.ts";
import type { PlanContext, PlannedFeature } from "../feature.ts";
import type { DeltaSpec, LagSpec } from "../spec.ts";
import { holdLength, requireSensor } from "./known.ts";
import { columnName } from "./names.ts";

/** Columns `<sensor>_<word>_<shift>`; each reaches back by its shift with what a reading holds. @throws PIPELINE_UNKNOWN_SENSOR */
export function planShifted(
  word: "lag" | "delta",
  { sensors, by, hold }: LagSpec | DeltaSpec,
  context: PlanContext,
): PlannedFeature {
  const { schema } = context;
  const shifts = by.map((duration) => durationLength(duration, schema.time));
  const columns = sensors.flatMap((sensor) => {
    requireSensor(schema, sensor, word);
    const reads = [{ sensor }];
    return shifts.map((shift) => ({
      name: columnName(sensor, word, durationName(shift, schema.time)),
      reads,
      reach: { window: shift + holdLength(context, hold, word, shift) },
    }));
  });
  return { columns, reads: sensors.map((sensor) => ({ sensor })) };
}
