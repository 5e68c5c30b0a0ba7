/** The figures over rows, each row once. */
import { failing, rankingScore } from "./any-failure.ts";
import { averagePrecision } from "./average-precision.ts";
import { brier } from "./brier.ts";
import { confusion } from "./confusion.ts";
import { f1, macroF1 } from "./f1.ts";
import { logLoss } from "./log-loss.ts";
import { mae } from "./mae.ts";
import type { RowMetrics } from "./metrics.ts";
import { nasaScore } from "./nasa-score.ts";
import type { Predictions } from "./predictions.ts";
import { rmse } from "./rmse.ts";
import { rocAuc } from "./roc-auc.ts";

/** The figures without their intervals, which are null here. `high` is 1 where the score is at or above the row's threshold. */
export function rowFigures(predictions: Predictions, high: Uint8Array): RowMetrics {
  return predictions.task.kind === "regression" ? lifeFigures(predictions) : classFigures(predictions, high);
}

export const undefinedFigures: RowMetrics = {
  rows: 0,
  positives: null,
  averagePrecision: null,
  averagePrecisionInterval: null,
  rocAuc: null,
  rocAucInterval: null,
  logLoss: null,
  brier: null,
  f1: null,
  macroF1: null,
  confusion: null,
  classes: null,
  rmse: null,
  rmseInterval: null,
  mae: null,
  nasaScore: null,
};

function lifeFigures({ target, predicted, time }: Predictions): RowMetrics {
  return {
    ...undefinedFigures,
    rows: target.length,
    rmse: rmse(target, predicted),
    mae: mae(target, predicted),
    nasaScore: time === "cycles" ? nasaScore(target, predicted) : null,
  };
}

function classFigures(predictions: Predictions, high: Uint8Array): RowMetrics {
  const { task, target, predicted } = predictions;
  const positive = failing(predictions);
  const score = rankingScore(predictions);
  const classes = task.kind === "multiclass" ? task.classes : ["healthy", "fails"];
  const decided = task.kind === "multiclass" ? mostLikely(predicted, classes.length) : high;
  const table = confusion(target, decided, classes.length);
  const ofClasses = f1(table);
  return {
    ...undefinedFigures,
    rows: target.length,
    positives: positive.reduce((sum, value) => sum + value, 0),
    averagePrecision: averagePrecision(positive, score),
    rocAuc: rocAuc(positive, score),
    logLoss: logLoss(target, predicted),
    brier: brier(target, predicted),
    f1: Object.fromEntries(classes.map((name, k) => [name, ofClasses[k]])),
    macroF1: macroF1(ofClasses),
    confusion: table,
    classes,
  };
}

/** The class with the highest probability; among equals the first. */
function mostLikely(predicted: Float32Array, classes: number): Uint32Array {
  const decided = new Uint32Array(predicted.length / classes);
  for (let row = 0; row < decided.length; row++) {
    for (let k = 1; k < classes; k++) {
      if (predicted[row * classes + k] > predicted[row * classes + decided[row]]) decided[row] = k;
    }
  }
  return decided;
}
