/** Horizons that count operating cycles: how long the next so many of a machine took. */

import { firstIndex } from "../core/first-index.ts";
import type { Fleet } from "../core/fleet.ts";
import { durationLength, type TimeKind } from "../core/time.ts";
import { closedCycles } from "../features/cycles/closed-cycles.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import { countsCycles } from "../features/cycles/span.ts";
import type { LabelSpec } from "./spec.ts";

/** Whether a label looks ahead over operating cycles; where a fleet's time is a counter, its horizon is a time. */
export function countsCyclesAhead(spec: LabelSpec, time: TimeKind): boolean {
  return spec.label === "failsWithin" && time === "timestamp" && countsCycles(spec.horizon);
}

/**
 * The instant at which the last of a machine's next cycles is known to be closed after a cutoff; Infinity where its record holds
 * fewer of them.
 * @throws PIPELINE_DURATION
 */
export function cyclesAhead(
  fleet: Fleet,
  cycles: OperatingCycles,
  horizon: string,
): (machine: number, cutoff: number) => number {
  const count = durationLength(horizon, "cycles", "label.horizon");
  const { offsets, knownAt } = closedCycles(fleet, cycles);
  return (machine, cutoff) => {
    const own = knownAt.subarray(offsets[machine], offsets[machine + 1]);
    const next = firstIndex(own.length, (i) => own[i] > cutoff);
    return own[next + count - 1] ?? Number.POSITIVE_INFINITY;
  };
}
