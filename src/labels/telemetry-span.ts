/** The first and last telemetry of a machine, over all telemetry tables. */
import type { Fleet } from "../core/fleet.ts";

/** Instants; first is Infinity and last -Infinity where the machine has no telemetry. */
export function telemetrySpan(fleet: Fleet, machine: number): { first: number; last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { offsets, time } of fleet.telemetry) {
    if (offsets[machine] === offsets[machine + 1]) continue;
    first = Math.min(first, time[offsets[machine]]);
    last = Math.max(last, time[offsets[machine + 1] - 1]);
  }
  return { first, last };
}
