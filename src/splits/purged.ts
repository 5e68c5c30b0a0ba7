/** Takes out of the training rows those whose interval reaches into the evaluation rows. */
import type { SplitRows } from "./rows.ts";

/**
 * A training row stays if its label ends before the first evaluation cutoff less the embargo; or, for one that follows the evaluation rows,
 * if its longest window starts at or after the end of their last label. Without evaluation rows all stay.
 */
export function purged(rows: SplitRows, train: Uint32Array, evaluate: Uint32Array, embargo: number): Uint32Array {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let lastLabelEnd = Number.NEGATIVE_INFINITY;
  for (const row of evaluate) {
    first = Math.min(first, rows.cutoffs.cutoff[row]);
    last = Math.max(last, rows.cutoffs.cutoff[row]);
    lastLabelEnd = Math.max(lastLabelEnd, rows.labelEnd[row]);
  }
  return train.filter((row) => {
    if (rows.cutoffs.cutoff[row] > last) return rows.windowStart[row] >= lastLabelEnd;
    return rows.labelEnd[row] < first - embargo;
  });
}
