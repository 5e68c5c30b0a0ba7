/** The operating cycles of a pipeline, with all that it leaves to its sources. */
import { sourceDelay } from "../archive/known-at.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { durationName } from "../core/time.ts";
import type { OperatingCycles } from "../features/cycles/operating-cycles.ts";
import type { PipelineOptions } from "./options.ts";

/** Where it is not said how late a row may be, as late as the slowest telemetry says of itself; undefined where there are no cycles. */
export function cyclesOf({ cycles, telemetry }: PipelineOptions): OperatingCycles | undefined {
  if (cycles === undefined || cycles.late !== undefined) return cycles;
  const sources: readonly SourceSpec[] = Array.isArray(telemetry) ? telemetry : [telemetry];
  const late = Math.max(0, ...sources.map((source) => sourceDelay(source, "timestamp")));
  return late === 0 ? cycles : { ...cycles, late: durationName(late, "timestamp") };
}
