/** forewarn/labels: what became of a machine after each cutoff, and when it was in observation. */

export { gridCutoffs } from "./cutoffs.ts";
export { type FailsWithinOptions, failsWithin } from "./fails-within.ts";
export { buildHistory } from "./history.ts";
export { labelHorizon } from "./horizon.ts";
export { type LabelRowsOptions, labelRows } from "./label-rows.ts";
export {
  CENSORED,
  FAILS,
  type Failure,
  HEALTHY,
  type History,
  type Labels,
  type PlannedReplacement,
  type Task,
} from "./labels.ts";
export { type Observation, type ObserveOptions, observe } from "./observation.ts";
export { observedHours } from "./observed-hours.ts";
export { type RemainingLifeOptions, remainingLife } from "./remaining-life.ts";
export type { FailsWithinSpec, FailureOptions, LabelSpec, RemainingLifeSpec } from "./spec.ts";
