/** Settings of the rule of thumb: `scheduleRule()` as a pipeline writes it. */
import { ForewarnError } from "../../core/errors.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { LearnerSpec } from "../learner.ts";

/** The alarm threshold of the rule unless another is chosen: a component has been used for its whole recommended interval. */
export const SCHEDULE_THRESHOLD = 1;

export interface ScheduleOptions {
  /** The name in reports, metrics and comparisons. Default: "schedule". */
  name?: string;
}

export interface ScheduleSpec extends LearnerSpec {
  learner: "scheduleRule";
  baseline: true;
}

/**
 * The maintenance schedule as a predictor: the further a component is into its recommended interval, the higher the score.
 * @throws PIPELINE_SCHEDULE when an option is unknown or the name empty.
 */
export function scheduleRule(options: ScheduleOptions = {}): ScheduleSpec {
  const { name = "schedule", ...others } = options;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined || typeof name !== "string" || name === "") {
    throw new ForewarnError("PIPELINE_SCHEDULE", {
      problem: unknown === undefined ? "a learner needs a name" : "scheduleRule has no such option",
      expected: unknown === undefined ? "a text that is not empty" : undefined,
      found: unknown ?? JSON.stringify(name),
      where: "scheduleRule(…)",
      hint: unknown === undefined ? undefined : didYouMean(unknown, ["name"]),
    });
  }
  return { learner: "scheduleRule", name, baseline: true };
}
