/** When a row became known: the later of its time and its knownAt column, plus the source's delay. */
import { durationLength, type TimeKind } from "../core/time.ts";
import type { SourceSpec } from "./spec.ts";

/** SQL over f1 (the time) and f2 (the knownAt column). */
export function knownAtSql(spec: SourceSpec, time: TimeKind): string {
  const delay = spec.delay === undefined ? 0 : durationLength(spec.delay, time);
  return `greatest(f1, coalesce(f2, f1)) + ${delay}`;
}

/** Whether a row of the source can become known later than its time. */
export function isLate(spec: SourceSpec): boolean {
  return spec.knownAt !== undefined || spec.delay !== undefined;
}
