/** forewarn: the words of a pipeline, and what runs it. Each stage is also a function of its own, in `forewarn/<folder>`. */
export { csv, endOfLife, long, parquet, rowNumber } from "./archive/index.ts";
export { checkLeaks, type LeakCheckOptions } from "./check/check-leaks.ts";
export type { LeakReport } from "./check/leak.ts";
export type { LeakSubject } from "./check/subject.ts";
export { ForewarnError } from "./core/errors.ts";
export type { Fleet } from "./core/fleet.ts";
export { type Cutoffs, type Matrix, takeCutoffs, takeRows } from "./core/matrix.ts";
export { type Duration, durationLength, type TimeKind } from "./core/time.ts";
export {
  absolute,
  age,
  attributes,
  autocorrelation,
  binnedEntropy,
  type CustomWindow,
  c3,
  clip,
  coalesce,
  correlationOf,
  countAbove,
  countBelow,
  countBetween,
  countEqual,
  countOf,
  countSince,
  crossingsOf,
  custom,
  delta,
  derive,
  differenceOf,
  energyShare,
  ewma,
  fractionAbove,
  fractionBelow,
  fractionBeyondSigma,
  healthyBaseline,
  hoursAbove,
  intervalOf,
  lag,
  lastKind,
  learnedSchedule,
  limitExceeded,
  limitMargin,
  log1p,
  longestRunAbove,
  longestRunBelow,
  longestTimeAbove,
  longestTimeBelow,
  massLocation,
  maximum,
  meanOfLargest,
  minimum,
  minus,
  operatingCycles,
  operatingModes,
  over,
  peaks,
  perCycle,
  permutationEntropy,
  plus,
  principalComponents,
  quantile,
  rateOf,
  ratioOf,
  relevantFeatures,
  residualOf,
  rolling,
  scheduleUsed,
  sequenceOf,
  squareRoot,
  timeReversalAsymmetry,
  timeSince,
  times,
  usedSince,
} from "./features/index.ts";
export { failsWithin, type Labels, remainingLife, type Task } from "./labels/index.ts";
export { definePipeline, type Parameters, type ParameterValues, type Pipeline } from "./pipeline/define.ts";
export { type LoadedPipeline, type LoadOptions, loadPipeline } from "./pipeline/load-pipeline.ts";
export type { EvaluateOptions, PipelineOptions, Places, PublishOptions } from "./pipeline/options.ts";
export { type RunOptions, runPipeline } from "./pipeline/run.ts";
export type { PublishedModel, RowTotals, RunResult, StageResult } from "./pipeline/run-result.ts";
export { type ScoreFilesOptions, type ScoreSummary, scoreFiles } from "./pipeline/score-files.ts";
export type { StageWatcher } from "./pipeline/stage.ts";
export { type VersionFiles, type VersionInput, versionFiles } from "./pipeline/version-files.ts";
export { atLeast, atMost, notWorseThan } from "./registry/index.ts";
export { byMachine, byTime, given, rollingOrigin } from "./splits/index.ts";
export { gbdt, scheduleRule } from "./training/index.ts";
