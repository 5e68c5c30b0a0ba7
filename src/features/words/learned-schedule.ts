/** A recommended interval for each component, learned from the lives that training knows. */
import { z } from "zod";
import { checkSpec } from "../check-spec.ts";
import type { LearnedSchedule } from "../spec.ts";

export interface LearnedScheduleOptions {
  /** The event table of failures; its kinds are the components. */
  of: string;
  /** The event table of replacements, with the same kinds. Default: "maintenance", where there is one. */
  maintenance?: string;
  /** The share of lives that have ended by the interval: a quantile of their Kaplan-Meier estimate. Default: 0.1. */
  quantile?: number;
}

/** For `scheduleUsed(learnedSchedule({ of: "failures" }))`, where no schedule is recommended or none is trusted. */
export function learnedSchedule(options: LearnedScheduleOptions): LearnedSchedule {
  const { of, maintenance, quantile = 0.1, ...others } = options ?? {};
  const spec = { schedule: "learned", of, quantile, ...(maintenance !== undefined && { maintenance }), ...others };
  return checkSpec(learnedScheduleShape, spec, "learnedSchedule");
}

/** The shape of its plain data. */
export const learnedScheduleShape = z.strictObject({
  schedule: z.literal("learned"),
  of: z.string(),
  maintenance: z.string().optional(),
  quantile: z.number().gt(0).lt(1),
});
