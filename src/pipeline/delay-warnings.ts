/** Windows that see nothing, because their source is known only after they have passed. */
import { durationLength } from "../core/time.ts";
import type { PipelineOptions } from "./options.ts";

/** One sentence for each window that is no longer than the delay of the source it reads. */
export function delayWarnings(options: PipelineOptions): string[] {
  const time = options.time ?? "timestamp";
  const telemetry = Array.isArray(options.telemetry) ? options.telemetry : [options.telemetry];
  const warnings: string[] = [];
  for (const spec of options.features) {
    if (!("over" in spec)) continue;
    const delays =
      spec.feature === "countOf"
        ? [options.events?.[spec.table]].map((source) => ({
            name: spec.table,
            delay: source !== undefined && "delay" in source ? source.delay : undefined,
          }))
        : telemetry.map(({ path, delay }) => ({ name: path, delay }));
    for (const { name, delay } of delays) {
      for (const over of spec.over) {
        if (delay === undefined || durationLength(over, time) > durationLength(delay, time)) continue;
        warnings.push(`${spec.feature} over ${over} sees nothing of ${name}, which is known only ${delay} later`);
      }
    }
  }
  return warnings;
}
