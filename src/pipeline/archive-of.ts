/** The part of a pipeline that says how its archive is read. */
import type { ArchiveSpec } from "../archive/spec.ts";
import type { PipelineOptions } from "./options.ts";

export function archiveOf(options: PipelineOptions): ArchiveSpec {
  return {
    time: options.time ?? "timestamp",
    machines: options.machines,
    telemetry: Array.isArray(options.telemetry) ? options.telemetry : [options.telemetry],
    events: options.events ?? {},
    reference: options.reference ?? {},
  };
}
