/** How far back columns read that are made of operating cycles. */
import type { PlannedFeature, Read } from "../feature.ts";
import type { FleetSchema } from "../schema.ts";
import { cycleSensors } from "./cycle-schema.ts";

/**
 * A word says how far back it looks over a sensor; where that has one value a cycle, its columns read on without bound: a cycle may have
 * begun any time before it ended, and any time may lie between two cycles.
 */
export function reachOverCycles(planned: PlannedFeature, schema: FleetSchema): PlannedFeature {
  const sensors = new Set(cycleSensors(schema));
  const isOfCycles = (read: Read) => "sensor" in read && sensors.has(read.sensor);
  if (sensors.size === 0 || !planned.columns.some(({ reads }) => reads.some(isOfCycles))) return planned;
  const columns = planned.columns.map((column) =>
    column.reads.some(isOfCycles) ? { ...column, reach: { window: Number.POSITIVE_INFINITY } } : column,
  );
  return { ...planned, columns };
}
