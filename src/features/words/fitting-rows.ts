/** The training rows that a word is fitted on. */

import type { Training } from "../feature.ts";
import { completeRows, LEAST_ROWS } from "../fitting/complete-rows.ts";

export interface FittingRows {
  columns: readonly Float32Array[];
  /** Rows where every column is known, in the order of training. */
  rows: Uint32Array;
}

/**
 * The healthy training rows (`healthyRows`) where all columns named are known; undefined where they are fewer than 10, or than twice the columns:
 * too few to learn from.
 */
export function fittingRows(training: Training, names: readonly string[]): FittingRows | undefined {
  const columns = names.map((name) => training.column(name));
  const rows = completeRows(columns, healthyRows(training));
  return rows.length < Math.max(LEAST_ROWS, 2 * columns.length) ? undefined : { columns, rows };
}

/** The training rows known to be healthy; all of them where none is (no labels, or remaining lives without a cap). */
export function healthyRows({ rows, healthy }: Training): Uint32Array {
  return healthy === undefined || healthy.length === 0 ? rows : healthy;
}

/** Whether training gives all the columns: where it saw no reason for one, nothing is made of it either. */
export function hasAll(training: Training, names: readonly string[]): boolean {
  return names.every((name) => training.has(name));
}
