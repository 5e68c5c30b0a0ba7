/** When a row became known: the later of its time and its knownAt column, plus the source's delay. */
import { durationLength, type TimeKind } from "../core/time.ts";
import type { SourceSpec } from "./spec.ts";

/** SQL over f1 (the time) and f2 (the knownAt column). */
export function knownAtSql(spec: SourceSpec, time: TimeKind): string {
  return `greatest(f1, coalesce(f2, f1)) + ${sourceDelay(spec, time)}`;
}

/** SQL over the columns of a row as cast: when it became known by what its source says of that alone, whatever its time is. */
export function saidKnownSql(spec: SourceSpec, time: TimeKind): string {
  return `coalesce(f2, f1) + ${sourceDelay(spec, time)}`;
}

/** How much later than its stamp a row is known at least: the delay, and the interval that it is stamped at the start of. */
export function sourceDelay({ delay, stamp, stampInterval }: SourceSpec, time: TimeKind): number {
  const length = (duration: string | undefined) => (duration === undefined ? 0 : durationLength(duration, time));
  return length(delay) + (stamp === "start" ? length(stampInterval) : 0);
}

/** Whether a row of the source can become known later than its time. */
export function isLate({ knownAt, delay, stamp }: SourceSpec): boolean {
  return knownAt !== undefined || delay !== undefined || stamp === "start";
}
