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
