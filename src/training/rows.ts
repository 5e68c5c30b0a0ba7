/** The rows a learner trains on: those of positive weight, with weights on a grid on which their sums are exact. */
import { ForewarnError } from "../core/errors.ts";
import { type Matrix, takeRows } from "../core/matrix.ts";
import { ceilLog2, largestMagnitude, powerOfTwo } from "./exact.ts";
import type { TrainingSet } from "./learner.ts";

/** Beyond it a sum of leaves may leave the range of float32. */
const LARGEST_TARGET = 1e30;

export interface WeightedRows {
  matrix: Matrix;
  target: Float64Array;
  /** Positive multiples of 2^-20 (finer where all weights are below 1); whole weights stay as they are. */
  weight: Float64Array;
  /** The exact sum of `weight`. */
  totalWeight: number;
  largestWeight: number;
}

/**
 * Rows of weight 0 are left out, as zero copies would be; without weights every row weighs 1.
 * @throws DATA_TRAINING_SHAPE when columns, targets or weights do not match the rows; DATA_WEIGHT when a weight is negative or
 *   not finite; DATA_TARGET when a target is not finite or no class; DATA_NO_ROWS when nothing is left.
 */
export function weightedRows(set: TrainingSet): WeightedRows {
  checkShape(set);
  const { matrix, target, weight } = set;
  const kept = weight === undefined ? undefined : positiveRows(weight);
  const all = kept === undefined || kept.length === matrix.rows;
  const rows = all ? matrix : takeRows(matrix, kept);
  if (rows.rows === 0) {
    throw new ForewarnError("DATA_NO_ROWS", {
      problem: "there is nothing to learn from",
      expected: "at least one training row of positive weight",
      found: `${matrix.rows} rows`,
    });
  }
  const targets = all ? target : Float64Array.from(kept, (row) => target[row]);
  checkTargets(set, targets);
  const weights = onGrid(weight, all ? undefined : kept, rows.rows);
  let totalWeight = 0;
  for (const value of weights) totalWeight += value;
  return { matrix: rows, target: targets, weight: weights, totalWeight, largestWeight: largestMagnitude(weights) };
}

function positiveRows(weight: Float64Array): Uint32Array {
  const kept = new Uint32Array(weight.length);
  let count = 0;
  for (let i = 0; i < weight.length; i++) {
    if (!(weight[i] >= 0 && weight[i] < Number.POSITIVE_INFINITY)) {
      throw new ForewarnError("DATA_WEIGHT", {
        problem: "a row's weight cannot be used",
        expected: "a finite number, 0 or more",
        found: String(weight[i]),
        where: `row ${i}`,
      });
    }
    if (weight[i] > 0) kept[count++] = i;
  }
  return kept.subarray(0, count);
}

function onGrid(weight: Float64Array | undefined, kept: Uint32Array | undefined, rows: number): Float64Array {
  if (weight === undefined) return new Float64Array(rows).fill(1);
  const values = kept === undefined ? weight : Float64Array.from(kept, (row) => weight[row]);
  const scale = powerOfTwo(20 - Math.min(0, ceilLog2(largestMagnitude(values))));
  // A weight too small for the grid still counts a little: the row was not left out.
  return values.map((value) => Math.max(1, Math.round(value * scale)) / scale);
}

function checkShape({ matrix, target, weight }: TrainingSet): void {
  const lengths: [string, number][] = [
    ["target", target.length],
    ...(weight === undefined ? [] : [["weight", weight.length] as [string, number]]),
    ...matrix.columns.map((column, i): [string, number] => [matrix.names[i] ?? `column ${i}`, column.length]),
  ];
  const wrong = lengths.find(([, length]) => length !== matrix.rows);
  if (wrong === undefined && matrix.columns.length === matrix.names.length) return;
  throw new ForewarnError("DATA_TRAINING_SHAPE", {
    problem: "the training set does not fit together",
    expected: wrong === undefined ? `${matrix.names.length} columns` : `${matrix.rows} values, one a row`,
    found: wrong === undefined ? `${matrix.columns.length}` : `${wrong[1]}`,
    where: wrong?.[0] ?? "matrix",
  });
}

function checkTargets({ task }: TrainingSet, target: Float64Array): void {
  const classes = task.kind === "binary" ? 2 : task.kind === "multiclass" ? task.classes.length : undefined;
  const good = (value: number): boolean =>
    classes === undefined
      ? Math.abs(value) <= LARGEST_TARGET
      : Number.isInteger(value) && value >= 0 && value < classes;
  const row = target.findIndex((value) => !good(value));
  if (row < 0) return;
  throw new ForewarnError("DATA_TARGET", {
    problem: "a row's target cannot be learned",
    expected: classes === undefined ? "a finite number, at most 1e30 in size" : `a class index, 0 to ${classes - 1}`,
    found: String(target[row]),
    where: `row ${row} of those with a positive weight`,
    hint: "leave censored rows out of the training set",
  });
}
