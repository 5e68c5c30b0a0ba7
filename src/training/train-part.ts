/** Fits one learner on one set of training rows: featurizer, number of trees, alarm threshold and model, all from those rows alone. */
import { ForewarnError } from "../core/errors.ts";
import type { Fleet } from "../core/fleet.ts";
import { type Cutoffs, type Matrix, takeCutoffs, takeRows } from "../core/matrix.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import { applyFeaturizer } from "../features/apply.ts";
import { type Featurizer, fitFeaturizer } from "../features/featurizer.ts";
import type { FeaturePlan } from "../features/plan.ts";
import type { Labels } from "../labels/labels.ts";
import type { Fold } from "../splits/fold.ts";
import { alarmScore } from "./alarm-score.ts";
import type { LearnerSpec, Model, TrainingSet } from "./learner.ts";
import { learnerOf } from "./learners.ts";

/** All rows of a run with what is needed to fit on some of them. */
export interface TrainingRows {
  fleet: Fleet;
  plan: FeaturePlan;
  cutoffs: Cutoffs;
  /** The unfitted columns of all rows. */
  raw: Matrix;
  labels: Labels;
}

export interface PartOptions {
  seed: number;
  threads?: number;
  signal?: AbortSignal;
  /** Called after each model with the share of the work that is done, 0..1. */
  onProgress?: (share: number) => void;
  /** Folds inside the training rows, whose pooled scores give the threshold and the number of trees. */
  innerFolds: (train: Uint32Array) => readonly Fold[];
  /** The alarm threshold from pooled out-of-fold predictions; null for a task that raises no alarm. */
  threshold: (outOfFold: Predictions) => number | null;
  /** A threshold that needs no search (the schedule's); the inner folds are then left out. */
  fixedThreshold?: number;
}

/** A learner fitted on a part of the rows. */
export interface FittedPart {
  featurizer: Featurizer;
  model: Model;
  threshold: number | null;
  /** The end of the last label it was trained on. */
  trainedUntil: number;
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
  const inner =
    options.fixedThreshold === undefined ? options.innerFolds(train).filter((fold) => fold.skipped === undefined) : [];
  const progress = progressOver(inner.length + 1, options.onProgress);
  const fitted: { fold: Fold; featurizer: Featurizer; model: Model }[] = [];
  for (const fold of inner) {
    const part = await fitOn(spec, rows, fold.train, options, {
      validation: fold.evaluate,
      onProgress: progress(fitted.length),
    });
    fitted.push({ fold, ...part });
  }
  const iterations = meanIterations(fitted.map(({ model }) => model.iterations));
  const { featurizer, model } = await fitOn(spec, rows, train, options, {
    iterations,
    onProgress: progress(inner.length),
  });
  return {
    featurizer,
    model,
    threshold: options.fixedThreshold ?? thresholdFrom(rows, fitted, options),
    trainedUntil: train.reduce((last, row) => Math.max(last, rows.labels.end[row]), Number.NEGATIVE_INFINITY),
  };
}

/** What a fitted part predicts for some rows, beside their targets. */
export function predictRows(
  rows: TrainingRows,
  part: { featurizer: Featurizer; model: Model },
  index: Uint32Array,
  fold: number,
): Predictions {
  const matrix = takeRows(applyFeaturizer(part.featurizer, rows.raw), index);
  const raw = part.model.raw(matrix);
  return {
    task: rows.labels.task,
    time: rows.fleet.time,
    rows: takeCutoffs(rows.cutoffs, index),
    fold: new Uint16Array(index.length).fill(fold),
    target: Float64Array.from(index, (row) => rows.labels.value[row]),
    predicted: part.model.link(raw),
    score: alarmScore(rows.labels.task, raw),
  };
}

/** Predictions of disjoint sets of rows as one, in the order of the rows' indices. */
export function poolPredictions(parts: readonly { index: Uint32Array; predictions: Predictions }[]): Predictions {
  const origin = parts
    .flatMap(({ index }, part) => Array.from(index, (row, at) => ({ row, part, at })))
    .sort((a, b) => a.row - b.row);
  const first = parts[0].predictions;
  const width = first.predicted.length / Math.max(1, first.target.length);
  const predicted = new Float32Array(origin.length * width);
  origin.forEach(({ part, at }, i) => {
    predicted.set(parts[part].predictions.predicted.subarray(at * width, (at + 1) * width), i * width);
  });
  const pick = <T>(value: (predictions: Predictions, at: number) => T) =>
    origin.map(({ part, at }) => value(parts[part].predictions, at));
  return {
    task: first.task,
    time: first.time,
    rows: {
      machines: first.rows.machines,
      machine: Uint32Array.from(pick((p, at) => p.rows.machine[at])),
      cutoff: Float64Array.from(pick((p, at) => p.rows.cutoff[at])),
    },
    fold: Uint16Array.from(pick((p, at) => p.fold[at])),
    target: Float64Array.from(pick((p, at) => p.target[at])),
    predicted,
    score: first.score.length === 0 ? first.score : Float64Array.from(pick((p, at) => p.score[at])),
  };
}

async function fitOn(
  spec: LearnerSpec,
  rows: TrainingRows,
  train: Uint32Array,
  { seed, threads, signal }: PartOptions,
  extra: { validation?: Uint32Array; iterations?: number; onProgress: (done: number, total: number) => void },
): Promise<{ featurizer: Featurizer; model: Model }> {
  const featurizer = fitFeaturizer(rows.plan, rows.fleet, rows.cutoffs, rows.raw, train, { labelEnd: rows.labels.end });
  const matrix = applyFeaturizer(featurizer, rows.raw);
  const set = (index: Uint32Array): TrainingSet => ({
    task: rows.labels.task,
    matrix: takeRows(matrix, index),
    target: Float64Array.from(index, (row) => rows.labels.value[row]),
  });
  const model = await learnerOf(spec).fit(spec, set(train), {
    seed,
    threads,
    signal,
    time: rows.fleet.time,
    validation: extra.validation === undefined ? undefined : set(extra.validation),
    iterations: extra.iterations,
    onProgress: extra.onProgress,
  });
  return { featurizer, model };
}

function thresholdFrom(
  rows: TrainingRows,
  fitted: readonly { fold: Fold; featurizer: Featurizer; model: Model }[],
  options: PartOptions,
): number | null {
  if (rows.labels.task.kind === "regression") return null;
  if (fitted.length === 0) {
    throw new ForewarnError("DATA_FEW_FAILURES", {
      problem: "the failures are too few, or too close together, to choose an alarm threshold by",
      expected: "failures in at least two stretches of the training rows",
    });
  }
  const parts = fitted.map((part, i) => ({
    index: part.fold.evaluate,
    predictions: predictRows(rows, part, part.fold.evaluate, i),
  }));
  return options.threshold(poolPredictions(parts));
}

function meanIterations(found: readonly (number | undefined)[]): number | undefined {
  const known = found.filter((count) => count !== undefined);
  if (known.length === 0) return undefined;
  return Math.max(1, Math.round(known.reduce((sum, count) => sum + count, 0) / known.length));
}

function progressOver(
  models: number,
  report: PartOptions["onProgress"],
): (before: number) => (done: number, total: number) => void {
  return (before) => (done, total) => report?.((before + done / Math.max(1, total)) / models);
}
