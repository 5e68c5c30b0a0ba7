/** How far a label looks beyond its cutoff, in the fleet's time unit. */
import { durationLength, lifeUnit, type TimeKind } from "../core/time.ts";
import { countsCyclesAhead } from "./cycle-horizon.ts";
import type { LabelSpec } from "./spec.ts";

/**
 * The horizon or the cap in microseconds or cycles; 0 for an uncapped remaining life, whose rows end each at its own failure, and
 * for a horizon of operating cycles, which end each at its own instant.
 * @throws PIPELINE_DURATION when the horizon cannot be read or is of the other kind of time.
 */
export function labelHorizon(spec: LabelSpec, time: TimeKind): number {
  if (countsCyclesAhead(spec, time)) return 0;
  if (spec.label === "failsWithin") return durationLength(spec.horizon, time);
  return spec.cap === undefined ? 0 : Math.round(spec.cap * lifeUnit(time));
}
