/** All figures of one learner over its evaluated rows, with their intervals, each failure's fate, the alarms and the curves. */
import { ForewarnError } from "../core/errors.ts";
import type { AlarmContext } from "./alarm-context.ts";
import { type AlarmTable, alarmTable } from "./alarm-table.ts";
import { failing, probabilityOfFailure, rankingScore } from "./any-failure.ts";
import { averagePrecision } from "./average-precision.ts";
import { type CalibrationBin, calibrationCurve } from "./calibration-curve.ts";
import { checkPredictions } from "./check-predictions.ts";
import type { Policy } from "./cost.ts";
import { intervals } from "./intervals.ts";
import { type MachineCost, machineCosts } from "./machine-costs.ts";
import type { Alarm, FailureOutcome, FoldMetrics, LearnerMetrics, SelectedColumns } from "./metrics.ts";
import { type PlanPoint, planCurve } from "./plan-curve.ts";
import { noPlannerFigures, plannerFigures, warningTimes } from "./planner-figures.ts";
import { type PrecisionRecallPoint, precisionRecallCurve } from "./precision-recall-curve.ts";
import type { Costs, Predictions } from "./predictions.ts";
import { alarmsRaised, failureOutcomes, raiseAlarms } from "./raise-alarms.ts";
import { rmse } from "./rmse.ts";
import { rowFigures } from "./row-figures.ts";

/** What the caller knows of a fold. */
export interface FoldSetting {
  name: string;
  /** Rows trained on. */
  trained: number;
  /** The alarm threshold on the raw score; null for regression. */
  threshold: number | null;
  iterations?: number;
  /** What became of the features' columns, where some were selected. */
  columns?: SelectedColumns;
  /** Why the fold was not used; such a fold has no rows. */
  skipped?: string;
}

export interface EvaluateInput {
  predictions: Predictions;
  /** All folds in order; `predictions.fold` counts those that are not skipped. */
  folds: readonly FoldSetting[];
  /** What alarms are judged against. Default: no planner's figures, as for regression. */
  alarms?: AlarmContext;
  /** What alarms and misses cost. Default: no costs, the figures of cost are null. */
  costs?: Costs;
  /** How alarms are paid for: "schedule" for the schedule baseline, which pays for each replacement it calls for. Default: "alarms". */
  policy?: Policy;
  /** Bootstrap resamples of the intervals. Default: 1000. */
  resamples?: number;
  seed: number;
}

export interface Curves {
  /** At most 300 points; empty for regression and where nothing fails. */
  precisionRecall: readonly PrecisionRecallPoint[];
  /** At most ten bins of equal sums of predicted probability; empty for regression. */
  calibration: readonly CalibrationBin[];
  /** At most 100 points; empty where no alarms are asked for. */
  plan: readonly PlanPoint[];
  /** Of the caught failures, in hours or cycles, shortest first. */
  warningTimes: readonly number[];
}

export interface Evaluation {
  /** All but who the learner is; `costOfSchedule` is null, for the caller to fill in from the schedule. */
  metrics: Omit<LearnerMetrics, "learner" | "baseline" | "skipped">;
  /** By machine, then time. */
  failures: readonly FailureOutcome[];
  /** By machine, then time. */
  alarms: readonly Alarm[];
  /** What each evaluated machine cost, by machine; null where no costs are given or no alarms are asked for. */
  machineCosts: readonly MachineCost[] | null;
  curves: Curves;
}

/** @throws DATA_PREDICTIONS_INVALID, BUG_ROW_NOT_A_CUTOFF, BUG_FOLD_THRESHOLD, PIPELINE_LEAD_TIME */
export function evaluate(input: EvaluateInput): Evaluation {
  const { predictions, folds, costs, policy = "alarms", resamples, seed } = input;
  checkPredictions(predictions);
  const { time, score } = predictions;
  const isRegression = predictions.task.kind === "regression";
  const evaluated = folds.filter(({ skipped }) => skipped === undefined);
  const high = isRegression ? new Uint8Array() : highRows(predictions, evaluated);
  const table: AlarmTable | undefined =
    input.alarms === undefined || isRegression ? undefined : alarmTable(predictions.rows, input.alarms);
  const raised = table === undefined ? [] : raiseAlarms(table, high);
  const failures = table === undefined ? [] : failureOutcomes(table, raised, time);
  const raisedAlarms = table === undefined ? undefined : { table, raised, costs, policy };
  const { bootstrap, ...found } = intervals(predictions, raisedAlarms, { resamples, seed });
  return {
    metrics: {
      ...rowFigures(predictions, high),
      ...(raisedAlarms === undefined ? noPlannerFigures : plannerFigures({ ...raisedAlarms, failures, time })),
      ...found,
      folds: folds.map((fold) => foldMetrics(predictions, fold, evaluated.indexOf(fold))),
      ...(bootstrap === undefined ? {} : { bootstrap }),
    },
    failures,
    alarms: table === undefined ? [] : alarmsRaised(table, raised),
    machineCosts: table === undefined || costs === undefined ? null : machineCosts(table, raised, costs, policy),
    curves: {
      precisionRecall: isRegression ? [] : precisionRecallCurve(failing(predictions), rankingScore(predictions)),
      calibration: isRegression ? [] : calibrationCurve(failing(predictions), probabilityOfFailure(predictions)),
      plan: table === undefined ? [] : planCurve({ table, score, time, costs, policy }),
      warningTimes: warningTimes(failures),
    },
  };
}

/** 1 where the score is at or above the threshold of the row's own fold. */
function highRows({ score, fold }: Predictions, folds: readonly FoldSetting[]): Uint8Array {
  return Uint8Array.from(score, (value, row) => {
    const threshold = folds[fold[row]]?.threshold;
    if (threshold === undefined || threshold === null || Number.isNaN(threshold)) throw noThreshold(fold[row]);
    return value >= threshold ? 1 : 0;
  });
}

function foldMetrics(
  predictions: Predictions,
  { name, skipped, trained, threshold, iterations, columns }: FoldSetting,
  index: number,
): FoldMetrics {
  const { target, predicted, fold, task } = predictions;
  const mine = (_: number, row: number) => fold[row] === index;
  const isRegression = task.kind === "regression";
  return {
    name,
    ...(skipped === undefined ? {} : { skipped }),
    trained,
    evaluated: fold.filter((of) => of === index).length,
    threshold,
    ...(iterations === undefined ? {} : { iterations }),
    ...(columns === undefined ? {} : { columns }),
    averagePrecision: isRegression
      ? null
      : averagePrecision(failing(predictions).filter(mine), rankingScore(predictions).filter(mine)),
    rmse: isRegression ? rmse(target.filter(mine), predicted.filter(mine)) : null,
  };
}

function noThreshold(fold: number): ForewarnError {
  return new ForewarnError("BUG_FOLD_THRESHOLD", {
    problem: "a row belongs to a fold without a threshold",
    expected: "every evaluated fold to have one",
    where: `fold ${fold}`,
  });
}
