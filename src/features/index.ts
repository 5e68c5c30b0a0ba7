/** Features: the vocabulary a pipeline is written in, and the stages that plan, compute, fit and apply it. */
export { applyFeaturizer, featurize } from "./apply.ts";
export { attributes } from "./attributes.ts";
export { type ComputeOptions, computeFeatures } from "./compute.ts";
export { type CountOfOptions, countOf } from "./count-of.ts";
export { type DeltaOptions, delta } from "./delta.ts";
export {
  type Featurizer,
  type FitFeaturizerOptions,
  featurizerHash,
  featurizerToJson,
  fitFeaturizer,
} from "./featurizer.ts";
export { type LagOptions, lag } from "./lag.ts";
export { type LearnedScheduleOptions, learnedSchedule } from "./learned-schedule.ts";
export { type LimitExceededOptions, limitExceeded } from "./limit-exceeded.ts";
export { type LimitMarginOptions, limitMargin } from "./limit-margin.ts";
export { type FeaturePlan, type PlanOptions, planFeatures } from "./plan.ts";
export { readFeaturizer } from "./read.ts";
export { type RollingOptions, rolling } from "./rolling.ts";
export { type ScheduleUsedOptions, scheduleUsed } from "./schedule-used.ts";
export { describeFleet, type FleetSchema } from "./schema.ts";
export type { FeatureSpec } from "./spec.ts";
export { timeSince } from "./time-since.ts";
export { type UsedSinceOptions, usedSince } from "./used-since.ts";
