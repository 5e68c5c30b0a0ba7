/** Fits one learner on one set of training rows: featurizer, number of trees, alarm threshold and model, all from those rows alone. */
import { ForewarnError } from "../core/errors.ts";
import { takeRows } from "../core/matrix.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import { applyFeaturizer } from "../features/apply.ts";
import { type Featurizer, fitFeaturizer, narrowFeaturizer } from "../features/featurizer.ts";
import type { SelectionTarget } from "../features/selection/column-relevance.ts";
import type { SelectSpec } from "../features/selection/relevant-features.ts";
import { type SelectedFeatures, selectFeatures } from "../features/selection/select-features.ts";
import type { Fold } from "../splits/fold.ts";
import { fitInThreads } from "./fit-in-threads.ts";
import type { FitTask } from "./fit-task.ts";
import type { LearnerSpec, Model, TrainingSet } from "./learner.ts";
import { learnerOf } from "./learners.ts";
import { type PooledRows, pickPredictions, poolRows, predictRows } from "./predict-rows.ts";
import type { TrainingRows } from "./training-rows.ts";

export interface PartOptions {
  seed: number;
  /** Worker threads; what is fitted never depends on it. Default: 1. */
  threads?: number;
  /** Aborting it ends the training with INTERRUPTED_FIT. */
  signal?: AbortSignal;
  /** Which of the featurizer's columns learners are given, selected on each part's own rows. Default: all. */
  select?: SelectSpec;
  /** Called after each model with the share of the work that is done, 0..1. */
  onProgress?: (share: number) => void;
  /** Folds inside the training rows, whose pooled scores give the threshold and the number of trees. */
  innerFolds: (train: Uint32Array) => readonly Fold[];
  /** The alarm threshold from pooled out-of-fold predictions; null for a task that raises no alarm. Not asked for a learner with a fixed one. */
  threshold: (outOfFold: Predictions) => number | null;
}

/** A learner fitted on a part of the rows. */
export interface FittedPart {
  /** It gives the columns that the model reads, and computes no others. */
  featurizer: Featurizer;
  /** What was selected among the columns; undefined where nothing was asked to be. */
  selection?: SelectedFeatures;
  model: Model;
  threshold: number | null;
  /** The end of the last label it was trained on. */
  trainedUntil: number;
  /** What the inner folds' models said of the rows they were not trained on; null where there were no inner folds. */
  outOfFold: PooledRows | null;
}

/** What a refit takes over from the folds. */
export interface SettledSettings {
  /** The number of iterations, where the learner finds it by early stopping. */
  iterations?: number;
  threshold: number | null;
}

/**
 * @throws DATA_ONE_CLASS when the rows hold fewer than two classes, DATA_FEW_FAILURES when no inner fold can be scored.
 */
export async function trainPart(
  spec: LearnerSpec,
  rows: TrainingRows,
  train: Uint32Array,
  options: PartOptions,
): Promise<FittedPart> {
  const learner = learnerOf(spec);
  const inner =
    learner.fixedThreshold === undefined ? options.innerFolds(train).filter((fold) => fold.skipped === undefined) : [];
  const stopsEarly = learner.stopsEarly?.(spec) ?? false;
  const whole = prepare(spec, rows, train, options);
  const parts = inner.map((fold) => ({ fold, ...prepare(spec, rows, fold.train, options) }));
  const innerTasks = parts.map(
    ({ fold, task }) =>
      () =>
        task({ validation: stopsEarly ? fold.evaluate : undefined }),
  );
  const { threads, signal, onProgress } = options;
  const models = await fitInThreads(stopsEarly ? innerTasks : [...innerTasks, () => whole.task({})], {
    threads,
    signal,
    onProgress,
  });
  // Where the number of trees comes from the inner folds, the whole part has to wait for them.
  const last = stopsEarly
    ? await fitInThreads([() => whole.task({ iterations: meanIterations(models) })], { threads, signal })
    : models.splice(-1);
  const outOfFold = parts.map(({ fold, featurizer }, i) => ({
    index: fold.evaluate,
    predictions: predictRows(rows, { featurizer, model: models[i] }, fold.evaluate, i),
  }));
  return {
    ...readOnly(whole.featurizer, last[0]),
    ...(whole.selection && { selection: whole.selection }),
    threshold: thresholdFrom(spec, rows, outOfFold, options),
    trainedUntil: lastLabelEnd(rows, train),
    outOfFold: outOfFold.length === 0 ? null : poolRows(outOfFold),
  };
}

/** Fits on all the rows given with what the folds have settled; nothing is tuned again. */
export async function refitPart(
  spec: LearnerSpec,
  rows: TrainingRows,
  train: Uint32Array,
  { iterations, threshold }: SettledSettings,
  options: Pick<PartOptions, "seed" | "threads" | "signal" | "onProgress" | "select">,
): Promise<FittedPart> {
  const { featurizer, selection, task } = prepare(spec, rows, train, options);
  const [model] = await fitInThreads([() => task({ iterations })], options);
  const fitted = { ...readOnly(featurizer, model), ...(selection && { selection }) };
  return { ...fitted, threshold, trainedUntil: lastLabelEnd(rows, train), outOfFold: null };
}

/**
 * What the folds' parts settle for a refit: the mean of their iterations, and the threshold from their pooled out-of-fold scores, each
 * row once (the later fold's, which was trained on more).
 */
export function settle(
  spec: LearnerSpec,
  rows: TrainingRows,
  parts: readonly FittedPart[],
  options: Pick<PartOptions, "threshold">,
): SettledSettings {
  const stopsEarly = learnerOf(spec).stopsEarly?.(spec) ?? false;
  const seen = new Set<number>();
  const outOfFold = [...parts].reverse().flatMap((part) => {
    if (part.outOfFold === null) return [];
    const { index, predictions } = part.outOfFold;
    const fresh = Uint32Array.from(index.keys()).filter((at) => !seen.has(index[at]));
    for (const at of fresh) seen.add(index[at]);
    const rowsOf = Uint32Array.from(fresh, (at) => index[at]);
    return [{ index: rowsOf, predictions: pickPredictions(predictions, fresh) }];
  });
  return {
    iterations: stopsEarly ? meanIterations(parts.map(({ model }) => model)) : undefined,
    threshold: thresholdFrom(spec, rows, outOfFold, options),
  };
}

function lastLabelEnd({ labels }: TrainingRows, train: Uint32Array): number {
  return train.reduce((end, row) => Math.max(end, labels.end[row]), Number.NEGATIVE_INFINITY);
}

/** The featurizer of some rows, and how to make the task that fits on them. */
function prepare(
  spec: LearnerSpec,
  rows: TrainingRows,
  train: Uint32Array,
  { seed, select }: Pick<PartOptions, "seed" | "select">,
) {
  const { labels, fleet } = rows;
  const fitted = fitFeaturizer(rows.plan, fleet, rows.cutoffs, rows.raw, train, {
    labelEnd: labels.end,
    labelState: labels.state,
  });
  const selection =
    select === undefined || learnerOf(spec).picksColumns === true
      ? undefined
      : selectFeatures(takeRows(applyFeaturizer(fitted, rows.raw), train), targetOf(labels, train), select);
  const featurizer = selection === undefined ? fitted : narrowFeaturizer(fitted, selection.kept);
  const task = ({ validation, iterations }: { validation?: Uint32Array; iterations?: number }): FitTask => {
    const matrix = applyFeaturizer(featurizer, rows.raw);
    const set = (index: Uint32Array): TrainingSet => ({
      task: labels.task,
      matrix: takeRows(matrix, index),
      target: Float64Array.from(index, (row) => labels.value[row]),
    });
    const watched = validation === undefined ? undefined : set(validation);
    return { spec, seed, time: fleet.time, iterations, train: set(train), validation: watched };
  };
  return { featurizer, selection, task };
}

function targetOf({ task, value }: TrainingRows["labels"], train: Uint32Array): SelectionTarget {
  const values = Float64Array.from(train, (row) => value[row]);
  if (task.kind !== "multiclass") return { kind: task.kind, values };
  return { kind: "multiclass", values, classes: task.classes.length };
}

/** Of a model and its featurizer what predictions need. */
function readOnly(featurizer: Featurizer, fitted: Model): { featurizer: Featurizer; model: Model } {
  const model = fitted.compact?.() ?? fitted;
  return { featurizer: narrowFeaturizer(featurizer, model.features), model };
}

function thresholdFrom(
  spec: LearnerSpec,
  rows: TrainingRows,
  outOfFold: readonly PooledRows[],
  { threshold }: Pick<PartOptions, "threshold">,
): number | null {
  if (rows.labels.task.kind === "regression") return null;
  const { fixedThreshold } = learnerOf(spec);
  if (fixedThreshold !== undefined) return fixedThreshold;
  if (outOfFold.length === 0) {
    throw new ForewarnError("DATA_FEW_FAILURES", {
      problem: "the failures are too few, or too close together, to choose an alarm threshold by",
      expected: "failures in at least two stretches of the training rows",
    });
  }
  return threshold(poolRows(outOfFold).predictions);
}

function meanIterations(models: readonly Model[]): number | undefined {
  const known = models.map(({ iterations }) => iterations).filter((count) => count !== undefined);
  if (known.length === 0) return undefined;
  return Math.max(1, Math.round(known.reduce((sum, count) => sum + count, 0) / known.length));
}
