/** Features: the vocabulary a pipeline is written in, and the stages that plan, compute, fit and apply it. */
export { applyFeaturizer, featurize } from "./apply.ts";
export { type ComputeOptions, computeFeatures } from "./compute/compute-features.ts";
export {
  type Featurizer,
  type FitFeaturizerOptions,
  featurizerHash,
  featurizerToJson,
  fitFeaturizer,
} from "./featurizer.ts";
export { type FeaturePlan, type PlanOptions, planFeatures } from "./plan.ts";
export { readFeaturizer } from "./read.ts";
export { describeFleet, type FleetSchema } from "./schema.ts";
export type { FeatureSpec } from "./spec.ts";
export { attributes } from "./words/attributes.ts";
export { type CountOfOptions, countOf } from "./words/count-of.ts";
export { type DeltaOptions, delta } from "./words/delta.ts";
export { type LagOptions, lag } from "./words/lag.ts";
export { type LearnedScheduleOptions, learnedSchedule } from "./words/learned-schedule.ts";
export { type LimitExceededOptions, limitExceeded } from "./words/limit-exceeded.ts";
export { type LimitMarginOptions, limitMargin } from "./words/limit-margin.ts";
export { type RollingOptions, rolling } from "./words/rolling.ts";
export { type ScheduleUsedOptions, scheduleUsed } from "./words/schedule-used.ts";
export { timeSince } from "./words/time-since.ts";
export { type UsedSinceOptions, usedSince } from "./words/used-since.ts";
