/** Average precision: the precision at each distinct score, weighted by the recall it adds. */
import { rankFigures } from "./ranking.ts";

/**
 * Step-wise, never interpolated, ties taken together, as scikit-learn's `average_precision_score`.
 * @param positive 1 for a row that fails, one a row
 * @param score higher is more likely to fail, one a row; never NaN
 * @returns 0 to 1, null without a positive row
 */
export function averagePrecision(positive: Uint8Array, score: Float64Array): number | null {
  return rankFigures(positive, score)(Float64Array.of(1)).averagePrecision;
}
