/** The precision-recall curve: what share of the rows called failing fails, and what share of the failing ones is called. */
import { rankRows } from "./ranking.ts";
import { thin } from "./thin.ts";

export interface PrecisionRecallPoint {
  /** Rows with a score at or above it are called failing. */
  threshold: number;
  precision: number;
  recall: number;
}

/**
 * By rising recall, from the highest score to the one at which every failing row is called; only points at which recall rises.
 * @param most points at most; more are thinned evenly, ends kept. Default: 300.
 * @returns empty without a positive row
 */
export function precisionRecallCurve(positive: Uint8Array, score: Float64Array, most = 300): PrecisionRecallPoint[] {
  const { order, groupEnd } = rankRows(score);
  const positives = positive.reduce((sum, value) => sum + value, 0);
  const points: PrecisionRecallPoint[] = [];
  let found = 0;
  let drawn = 0;
  order.forEach((row, i) => {
    found += positive[row];
    if (groupEnd[i] === 0 || found === drawn) return;
    drawn = found;
    points.push({ threshold: score[row], precision: found / (i + 1), recall: found / positives });
  });
  return thin(points, most);
}
