/** The split "train on what lies before an instant, evaluate on what lies after it" as plain data. */
import type { Duration } from "../core/time.ts";
import type { ByTimeSpec } from "./spec.ts";

export interface ByTimeOptions {
  /** Added between the last training label and the first evaluation cutoff. Default: none. */
  embargo?: Duration;
}

/** Training cutoffs lie before `at`, evaluation cutoffs at or after `at` + horizon + embargo: `byTime("2015-03-01")`. */
export function byTime(at: string | number, { embargo }: ByTimeOptions = {}): ByTimeSpec {
  return { split: "byTime", at, ...(embargo === undefined ? {} : { embargo }) };
}
