/** How far back columns read that are made of operating cycles. */
import type { PlannedFeature, Reach, Read } from "../feature.ts";
import type { FleetSchema } from "../schema.ts";
import { cycleSensors } from "./cycle-schema.ts";

/**
 * A word says how far back it looks over a sensor; where that has one value a cycle, its columns read on without bound: a cycle may have
 * begun any time before it ended, and any time may lie between two cycles. No anchor bounds that either, since rows from before it tell
 * whether the first cycle after it began there. What the word said stands beside it: of closed cycles no more than that is read.
 */
export function reachOverCycles(planned: PlannedFeature, schema: FleetSchema): PlannedFeature {
  const sensors = new Set(cycleSensors(schema));
  const isOfCycles = (read: Read) => "sensor" in read && sensors.has(read.sensor);
  if (sensors.size === 0 || !planned.columns.some(({ reads }) => reads.some(isOfCycles))) return planned;
  const columns = planned.columns.map((column) =>
    column.reads.some(isOfCycles) ? { ...column, reach: overCycles(column.reach) } : column,
  );
  return { ...planned, columns };
}

function overCycles(own: Reach | undefined): Reach {
  return { window: Number.POSITIVE_INFINITY, overCycles: own === undefined ? {} : { own } };
}
