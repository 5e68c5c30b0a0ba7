/** What a learner is: settings as plain data, `fit` to a model, a model that predicts and can be written down. */
import type { Json } from "../core/json.ts";
import type { Matrix } from "../core/matrix.ts";
import type { TimeKind } from "../core/time.ts";
import type { Policy } from "../evaluation/cost.ts";
import type { Task } from "../labels/labels.ts";

/** Settings of a learner as a pipeline names them, e.g. `gbdt({ trees: 300 })`. */
export interface LearnerSpec {
  learner: string;
  /** The name in reports, metrics and comparisons; unique in a pipeline. */
  name: string;
  /** Scored and shown, never published while another learner can be. */
  baseline: boolean;
}

export interface TrainingSet {
  task: Task;
  matrix: Matrix;
  /** One a row, as in `Labels.value`; never NaN. */
  target: Float64Array;
  /** Weight w equals w copies of the row. Default: 1 for every row. */
  weight?: Float64Array;
}

export interface FitOptions {
  seed: number;
  time: TimeKind;
  /** Early stopping watches it, where the settings ask for that. */
  validation?: TrainingSet;
  /** Fixes the number of iterations found by early stopping elsewhere (refit for publication). */
  iterations?: number;
  /** Worker threads; the model's bits never depend on it. Default: 1. */
  threads?: number;
  /** Checked at least before each tree; an aborted fit throws INTERRUPTED_FIT and leaves nothing behind. */
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

export interface Model {
  readonly learner: string;
  readonly task: Task;
  /** The columns it reads, in order; `predict` finds them in the matrix by name. */
  readonly features: readonly string[];
  /** The iterations in use (trees a class), where the learner has them. */
  readonly iterations?: number;
  /** Raw scores, rows x outputs, row-major; 1 output for binary and regression, one a class for multiclass. */
  raw(matrix: Matrix): Float32Array;
  /** Raw scores through the link: the probability of failing (1 output), of each class, or the value held to 0..cap. */
  link(raw: Float32Array): Float32Array;
  /** The number alarms are raised on, one a row, from raw scores; omitted where `alarmScores` says it for the task. */
  alarmScore?(raw: Float32Array): Float64Array;
  /** The same model, to the bit, without the columns that it never looks at; omitted where it reads all of `features`. */
  compact?(): Model;
  /** What each feature added to the fit (gain), highest first; omitted where the learner cannot say. */
  importance?(): readonly { feature: string; gain: number }[];
  toJSON(): Json;
}

/**
 * @throws DATA_ONE_CLASS when the target has fewer than two classes (binary, multiclass).
 */
export interface Learner<Spec extends LearnerSpec = LearnerSpec> {
  fit(spec: Spec, train: TrainingSet, options: FitOptions): Promise<Model>;
  /** Whether the settings find the number of iterations by watching a validation set. Default: they never do. */
  stopsEarly?(spec: Spec): boolean;
  /** It finds the columns it reads by their names, so that none is to be selected away from it. Default: it reads whatever it is given. */
  picksColumns?: boolean;
  /** A fit takes so little that a worker thread of its own would cost more. Default: false. */
  quick?: boolean;
  /** The alarm threshold that belongs to its scores, so that none is searched for. Default: the threshold is chosen on out-of-fold scores. */
  fixedThreshold?: number;
  /**
   * How its alarms are paid for: "schedule" pays for each replacement it calls for, whether a failure follows or not, and is what other
   * learners' costs are held against. Default: "alarms".
   */
  policy?: Policy;
  /** Reads what `toJSON` wrote, checked at the door. @throws MODEL_INVALID */
  load(json: unknown): Model;
}
