/** A recommended interval for each component, learned from the lives that training knows. */
import type { LearnedSchedule } from "./spec.ts";

export interface LearnedScheduleOptions {
  /** The event table of failures; its kinds are the components. */
  of: string;
  /** The event table of replacements, with the same kinds. Default: "maintenance", where there is one. */
  maintenance?: string;
  /** The share of lives that have ended by the interval: a quantile of their Kaplan-Meier estimate. Default: 0.1. */
  quantile?: number;
}

/** For `scheduleUsed(learnedSchedule({ of: "failures" }))`, where no schedule is recommended or none is trusted. */
export function learnedSchedule({ of, maintenance, quantile = 0.1 }: LearnedScheduleOptions): LearnedSchedule {
  return { schedule: "learned", of, quantile, ...(maintenance !== undefined && { maintenance }) };
}
