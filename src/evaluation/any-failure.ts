/** Predictions read as one question: does any component fail within the horizon, and how likely is it. */
import type { Predictions } from "./predictions.ts";

/** 1 for a row in whose horizon any component fails, 0 otherwise. */
export function failing({ target }: Predictions): Uint8Array {
  return Uint8Array.from(target, (value) => (value > 0 ? 1 : 0));
}

/** The probability of any failure, one a row: as predicted (binary), or 1 - P(none) (multiclass). */
export function probabilityOfFailure({ task, predicted, target }: Predictions): Float64Array {
  if (task.kind !== "multiclass") return Float64Array.from(predicted);
  const width = task.classes.length;
  return Float64Array.from(target, (_, row) => 1 - predicted[row * width]);
}

/**
 * What rows are ranked by: the raw score (binary: finer than its float32 probability, which ties near 0 and 1), or
 * 1 - P(none) (multiclass).
 */
export function rankingScore(predictions: Predictions): Float64Array {
  return predictions.task.kind === "multiclass" ? probabilityOfFailure(predictions) : predictions.score;
}
