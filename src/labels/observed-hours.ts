/** How long a machine was in observation. */
import { lifeUnit } from "../core/time.ts";
import type { Observation } from "./observation.ts";

/** Hours (timestamps, to the microsecond) or cycles in observation from `from` (included) to `to` (excluded). */
export function observedHours(observation: Observation, machine: number, from: number, to: number): number {
  let length = 0;
  for (let i = observation.offsets[machine]; i < observation.offsets[machine + 1]; i++) {
    length += Math.max(0, Math.min(observation.to[i], to) - Math.max(observation.from[i], from));
  }
  return length / lifeUnit(observation.time);
}
