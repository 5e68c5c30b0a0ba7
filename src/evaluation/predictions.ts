/** Predictions beside what came true: all that evaluation knows; it never sees a model. */
import type { Cutoffs } from "../core/matrix.ts";
import type { TimeKind } from "../core/time.ts";
import type { Task } from "../labels/labels.ts";

/** Evaluated rows of one learner, pooled over folds, each row once, sorted by machine, then cutoff. */
export interface Predictions {
  task: Task;
  time: TimeKind;
  rows: Cutoffs;
  /** Index into the evaluated folds, one a row. */
  fold: Uint16Array;
  /** The true target, one a row, as in `Labels.value`; never NaN. */
  target: Float64Array;
  /** Probability of failing (binary), of each class (multiclass, rows x classes, row-major), or the predicted life (regression). */
  predicted: Float32Array;
  /** The score alarms are raised on, one a row: the raw score (binary), the raw score of "any" (multiclass). Empty for regression. */
  score: Float64Array;
}

/** What one wrong or right alarm costs, in any currency. */
export interface Costs {
  missed: number;
  falseAlarm: number;
  planned: number;
}
