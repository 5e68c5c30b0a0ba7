/** What a pipeline's alarms are judged against; undefined for a remaining life, which raises none. */
import type { Cutoffs } from "../core/matrix.ts";
import { durationLength } from "../core/time.ts";
import type { AlarmContext } from "../evaluation/alarm-context.ts";
import type { History } from "../labels/labels.ts";
import type { PipelineOptions } from "./options.ts";

export function alarmContext(options: PipelineOptions, history: History, cutoffs: Cutoffs): AlarmContext | undefined {
  if (options.label.label !== "failsWithin") return undefined;
  const time = options.time ?? "timestamp";
  const length = (duration: string | undefined) =>
    duration === undefined ? undefined : durationLength(duration, time);
  return {
    history,
    cutoffs,
    every: length(options.every),
    horizon: durationLength(options.label.horizon, time),
    leadTime: length(options.evaluate?.leadTime),
  };
}
