/** Features: the vocabulary a pipeline is written in, and the stages that plan, compute, fit and apply it. */
export { applyFeaturizer, featurize } from "./apply.ts";
export { type ArrowFleet, type EventMapping, fleetFromArrow, type TelemetryMapping } from "./arrow/fleet-from-arrow.ts";
export { type MatrixFromArrowOptions, matrixFromArrow } from "./arrow/matrix-from-arrow.ts";
export { type MatrixToArrowOptions, matrixToArrow } from "./arrow/matrix-to-arrow.ts";
export { computeFeatures } from "./compute/compute-features.ts";
export type { ComputeOptions } from "./compute/compute-options.ts";
export { bundleFeatures } from "./custom/bundle-features.ts";
export type { CustomFunction, CustomWindow } from "./custom/stored-function.ts";
export { type CutoffsOf, cutoffsOf, type Pairs } from "./cutoffs-of.ts";
export { type OperatingCycles, type OperatingCyclesOptions, operatingCycles } from "./cycles/operating-cycles.ts";
export type { FeatureGroup } from "./feature-group.ts";
export { type FeatureMemory, type FeatureMemoryOptions, featureMemory } from "./feature-memory.ts";
export { type FeaturizeGroupsOptions, featurizeGroups, type GroupCutoffs } from "./featurize-groups.ts";
export {
  type Featurizer,
  type FitFeaturizerOptions,
  featurizerHash,
  featurizerToJson,
  fitFeaturizer,
} from "./featurizer.ts";
export {
  type AddOptions,
  type AddReadingOptions,
  type OnlineEvent,
  type OnlineFeaturizer,
  type OnlineReading,
  onlineFeaturizer,
} from "./online/online-featurizer.ts";
export type { OnlineOptions } from "./online/online-options.ts";
export { restoreOnlineFeaturizer } from "./online/restore.ts";
export {
  type WriteFeaturePartsOptions,
  type WriteFeaturesOptions,
  writeFeatureParts,
  writeFeatures,
} from "./parts/write-features.ts";
export { type FleetRows, fleetFromRows } from "./plain/fleet-from-rows.ts";
export type { Instant } from "./plain/instant-of.ts";
export { type FeatureRow, rowsOf } from "./plain/rows-of.ts";
export { type FeaturePlan, type PlanOptions, planFeatures } from "./plan.ts";
export { readFeaturizer } from "./read.ts";
export { describeFleet, type FleetSchema } from "./schema.ts";
export { type RelevantFeaturesOptions, relevantFeatures, type SelectSpec } from "./selection/relevant-features.ts";
export { type DroppedFeature, type SelectedFeatures, selectFeatures } from "./selection/select-features.ts";
export { type FleetSource, fleetSource } from "./source.ts";
export type { FeatureSpec } from "./spec.ts";
export { type AutocorrelationSpec, autocorrelation } from "./statistics/autocorrelation.ts";
export { type BinnedEntropySpec, binnedEntropy } from "./statistics/binned-entropy.ts";
export { type C3Spec, c3 } from "./statistics/c3.ts";
export { type CountBetweenSpec, countBetween } from "./statistics/count-between.ts";
export { countAbove, countBelow } from "./statistics/count-beyond.ts";
export { type CountEqualSpec, countEqual } from "./statistics/count-equal.ts";
export { type CrossingsOfSpec, crossingsOf } from "./statistics/crossings-of.ts";
export { type EnergyShareSpec, energyShare } from "./statistics/energy-share.ts";
export { type EwmaOptions, type EwmaSpec, ewma } from "./statistics/ewma.ts";
export { fractionAbove, fractionBelow } from "./statistics/fraction-beyond.ts";
export { type FractionBeyondSigmaSpec, fractionBeyondSigma } from "./statistics/fraction-beyond-sigma.ts";
export type { Level } from "./statistics/level.ts";
export type { LevelSpec } from "./statistics/leveled.ts";
export { longestRunAbove, longestRunBelow } from "./statistics/longest-run.ts";
export { longestTimeAbove, longestTimeBelow } from "./statistics/longest-time.ts";
export { type MassLocationSpec, massLocation } from "./statistics/mass-location.ts";
export { type MeanOfLargestSpec, meanOfLargest } from "./statistics/mean-of-largest.ts";
export { type PeaksSpec, peaks } from "./statistics/peaks.ts";
export {
  type PermutationEntropyOptions,
  type PermutationEntropySpec,
  permutationEntropy,
} from "./statistics/permutation-entropy.ts";
export { type QuantileSpec, quantile } from "./statistics/quantile.ts";
export type { RollingStatisticSpec } from "./statistics/table.ts";
export { type TimeReversalAsymmetrySpec, timeReversalAsymmetry } from "./statistics/time-reversal-asymmetry.ts";
export { age } from "./words/age.ts";
export {
  absolute,
  coalesce,
  log1p,
  maximum,
  minimum,
  minus,
  over,
  plus,
  squareRoot,
  times,
} from "./words/arithmetic.ts";
export { type AttributesOptions, attributes } from "./words/attributes.ts";
export { type ClipOptions, clip } from "./words/clip.ts";
export { type CorrelationOfOptions, correlationOf } from "./words/correlation-of.ts";
export { type CountOfOptions, countOf } from "./words/count-of.ts";
export { type CountSinceOptions, countSince } from "./words/count-since.ts";
export { type CustomOptions, custom } from "./words/custom.ts";
export { type DeltaOptions, delta } from "./words/delta.ts";
export { derive } from "./words/derive.ts";
export { type DifferenceOfOptions, differenceOf } from "./words/difference-of.ts";
export { type HealthyBaselineOptions, healthyBaseline } from "./words/healthy-baseline.ts";
export { type HoursAboveOptions, hoursAbove } from "./words/hours-above.ts";
export { type IntervalOfOptions, intervalOf } from "./words/interval-of.ts";
export { type LagOptions, lag } from "./words/lag.ts";
export { type LastKindOptions, lastKind } from "./words/last-kind.ts";
export { type LearnedScheduleOptions, learnedSchedule } from "./words/learned-schedule.ts";
export { type LimitExceededOptions, limitExceeded } from "./words/limit-exceeded.ts";
export { type LimitMarginOptions, limitMargin } from "./words/limit-margin.ts";
export { type OperatingModesOptions, operatingModes } from "./words/operating-modes.ts";
export { type PerCycleOptions, perCycle } from "./words/per-cycle.ts";
export { type PrincipalComponentsOptions, principalComponents } from "./words/principal-components.ts";
export { type RateOfOptions, rateOf } from "./words/rate-of.ts";
export { type RatioOfOptions, ratioOf } from "./words/ratio-of.ts";
export { type ResidualOfOptions, residualOf } from "./words/residual-of.ts";
export { type RollingOptions, rolling } from "./words/rolling.ts";
export { type ScheduleUsedOptions, scheduleUsed } from "./words/schedule-used.ts";
export { type SequenceOfOptions, sequenceOf } from "./words/sequence-of.ts";
export { timeSince } from "./words/time-since.ts";
export { type UsedSinceOptions, usedSince } from "./words/used-since.ts";
