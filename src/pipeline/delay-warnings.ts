/** What a pipeline can never see, because a source is known only too late. */
import { sourceDelay } from "../archive/known-at.ts";
import { telemetryName } from "../archive/source-name.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { durationLength, durationName, type TimeKind } from "../core/time.ts";
import { countsCycles } from "../features/cycles/span.ts";
import type { PipelineOptions } from "./options.ts";

/** One sentence for each window that is no longer than the delay of the source it reads, and for telemetry that is stale once it is known. */
export function delayWarnings(options: PipelineOptions): string[] {
  const time = options.time ?? "timestamp";
  const sources: readonly SourceSpec[] = Array.isArray(options.telemetry) ? options.telemetry : [options.telemetry];
  const telemetry = sources.map((source, i) => ({
    name: telemetryName(i, sources.length),
    delay: delayOf(source, time),
  }));
  const warnings: string[] = [];
  for (const spec of options.features) {
    if (!("over" in spec)) continue;
    const delays =
      "table" in spec
        ? [options.events?.[spec.table]].map((source) => ({
            name: `events.${spec.table}`,
            delay: source === undefined || source.format === "endOfLife" ? undefined : delayOf(source, time),
          }))
        : telemetry;
    for (const { name, delay } of delays) {
      for (const over of spec.over) {
        // Windows that count operating cycles take the last ones that are known.
        if (delay === undefined || countsCycles(over) || durationLength(over, time) > durationLength(delay, time))
          continue;
        warnings.push(`${spec.feature} over ${over} sees nothing of ${name}, which is known only ${delay} later`);
      }
    }
  }
  return [...warnings, ...staleWarnings(options, telemetry)];
}

/** How much later a source's rows are known, as a duration; undefined where they are known at once. */
function delayOf(source: SourceSpec, time: TimeKind): string | undefined {
  const delay = sourceDelay(source, time);
  return delay === 0 ? undefined : durationName(delay, time);
}

function staleWarnings(
  { time = "timestamp", every, stale }: PipelineOptions,
  telemetry: readonly { delay?: string }[],
): string[] {
  const length = (duration: string) => durationLength(duration, time);
  const limit = stale !== undefined ? length(stale) : every === undefined ? undefined : 3 * length(every);
  const soonest = Math.min(...telemetry.map(({ delay }) => (delay === undefined ? 0 : length(delay))));
  if (limit === undefined || soonest <= limit) return [];
  const allowed = `${stale === undefined ? "3 x every" : "stale"} (${durationName(limit, time)})`;
  const late = durationName(soonest, time);
  return [`telemetry is known only ${late} later, which is beyond ${allowed}: no machine is ever in observation`];
}
