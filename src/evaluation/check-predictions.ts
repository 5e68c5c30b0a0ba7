/** The door of evaluation: predictions are whole, sorted and finite, or nothing is computed. */
import { ForewarnError } from "../core/errors.ts";
import { outputsOf } from "../labels/labels.ts";
import type { Predictions } from "./predictions.ts";

/** @throws DATA_PREDICTIONS_INVALID with the first thing that is wrong. */
export function checkPredictions({ task, rows, fold, target, predicted, score }: Predictions): void {
  const count = target.length;
  const width = outputsOf(task);
  const scores = task.kind === "regression" ? 0 : count;
  expectLength("rows.machine", rows.machine.length, count);
  expectLength("rows.cutoff", rows.cutoff.length, count);
  expectLength("fold", fold.length, count);
  expectLength("predicted", predicted.length, count * width);
  expectLength("score", score.length, scores);
  for (let row = 0; row < count; row++) {
    const where = `row ${row}`;
    const order = rows.machine[row] - rows.machine[row - 1] || rows.cutoff[row] - rows.cutoff[row - 1];
    if (row > 0 && !(order > 0)) throw invalid("rows are not sorted by machine and cutoff, each once", where);
    if (rows.machine[row] >= rows.machines.length) throw invalid("a row names a machine that is not there", where);
    if (scores > 0 && !Number.isFinite(score[row])) throw invalid(`a score is ${score[row]}`, where);
    const known =
      task.kind === "regression"
        ? Number.isFinite(target[row])
        : Number.isInteger(target[row]) && target[row] >= 0 && target[row] < Math.max(width, 2);
    if (!known) throw invalid(`a target is ${target[row]}`, where);
    for (let k = 0; k < width; k++) {
      if (!Number.isFinite(predicted[row * width + k])) throw invalid("a prediction is not a finite number", where);
    }
  }
}

function expectLength(where: string, found: number, expected: number): void {
  if (found !== expected) throw invalid(`expected ${expected} values, found ${found}`, where);
}

function invalid(problem: string, where: string): ForewarnError {
  return new ForewarnError("DATA_PREDICTIONS_INVALID", {
    problem: `the predictions cannot be evaluated: ${problem}`,
    where,
  });
}
