/** Predictions of fitted models beside what came true. */
import { takeCutoffs, takeRows } from "../core/matrix.ts";
import type { Predictions } from "../evaluation/predictions.ts";
import { applyFeaturizer } from "../features/apply.ts";
import type { Featurizer } from "../features/featurizer.ts";
import { alarmScores } from "./alarm-score.ts";
import type { Model } from "./learner.ts";
import type { TrainingRows } from "./training-rows.ts";

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
    score: alarmScores(part.model, raw),
  };
}

/** Predictions with the index of each row among all rows, ascending. */
export interface PooledRows {
  index: Uint32Array;
  predictions: Predictions;
}

/** Predictions of disjoint sets of rows as one, in the order of the rows' indices. */
export function poolRows(parts: readonly PooledRows[]): PooledRows {
  const all = parts.map(({ predictions }) => predictions);
  const together: Predictions = {
    task: all[0].task,
    time: all[0].time,
    rows: {
      machines: all[0].rows.machines,
      machine: Uint32Array.from(all.flatMap(({ rows }) => [...rows.machine])),
      cutoff: Float64Array.from(all.flatMap(({ rows }) => [...rows.cutoff])),
    },
    fold: Uint16Array.from(all.flatMap(({ fold }) => [...fold])),
    target: Float64Array.from(all.flatMap(({ target }) => [...target])),
    predicted: Float32Array.from(all.flatMap(({ predicted }) => [...predicted])),
    score: Float64Array.from(all.flatMap(({ score }) => [...score])),
  };
  const index = Uint32Array.from(parts.flatMap((part) => [...part.index]));
  const order = Uint32Array.from(index.keys()).sort((a, b) => index[a] - index[b]);
  return { index: Uint32Array.from(order, (at) => index[at]), predictions: pickPredictions(together, order) };
}

/** Some of the predictions, picked by their place, in the order given. */
export function pickPredictions(predictions: Predictions, places: Uint32Array): Predictions {
  const { task, time, rows, target, predicted, score, fold } = predictions;
  const width = predicted.length / Math.max(1, target.length);
  const picked = new Float32Array(places.length * width);
  places.forEach((at, i) => {
    picked.set(predicted.subarray(at * width, (at + 1) * width), i * width);
  });
  return {
    task,
    time,
    rows: takeCutoffs(rows, places),
    fold: Uint16Array.from(places, (at) => fold[at]),
    target: Float64Array.from(places, (at) => target[at]),
    predicted: picked,
    score: score.length === 0 ? score : Float64Array.from(places, (at) => score[at]),
  };
}
