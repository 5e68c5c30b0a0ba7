/** forewarn/evaluation: metrics, alarms and costs, comparisons and intervals over predictions, knowing no model. */
export type { AlarmContext } from "./alarm-context.ts";
export { averagePrecision } from "./average-precision.ts";
export { brier } from "./brier.ts";
export { type CalibrationBin, calibrationCurve } from "./calibration-curve.ts";
export { NEVER } from "./candidate-thresholds.ts";
export { type ChosenThreshold, chooseThreshold, type ThresholdInput } from "./choose-threshold.ts";
export { confusion } from "./confusion.ts";
export type { Policy } from "./cost.ts";
export { type Curves, type EvaluateInput, type Evaluation, evaluate, type FoldSetting } from "./evaluate.ts";
export { f1, macroF1 } from "./f1.ts";
export { logLoss } from "./log-loss.ts";
export type { BootstrapOptions } from "./machine-bootstrap.ts";
export { mae } from "./mae.ts";
export type {
  Alarm,
  BootstrapMetrics,
  FailureOutcome,
  FoldMetrics,
  Interval,
  LearnerMetrics,
  PlannerMetrics,
  RowMetrics,
} from "./metrics.ts";
export { nasaScore } from "./nasa-score.ts";
export { type PairedDifference, pairedDifference } from "./paired-difference.ts";
export type { PlanPoint } from "./plan-curve.ts";
export { type PrecisionRecallPoint, precisionRecallCurve } from "./precision-recall-curve.ts";
export type { Costs, Predictions } from "./predictions.ts";
export { rmse } from "./rmse.ts";
export { rocAuc } from "./roc-auc.ts";
