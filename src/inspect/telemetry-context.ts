/** What is known of a telemetry table when its findings are put into words. */
import type { SourceSpec } from "../archive/spec.ts";
import type { TimeKind } from "../core/time.ts";

export interface TelemetryContext {
  time: TimeKind;
  machines: readonly string[];
  source: string;
  spec: SourceSpec;
  /** Machines that are known to have left the fleet. */
  retired: ReadonlySet<string>;
}
