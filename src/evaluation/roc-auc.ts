/** The area under the ROC curve: how often a failing row scores above a healthy one. */
import { rankFigures } from "./ranking.ts";

/**
 * A tie counts half, as scikit-learn's `roc_auc_score`.
 * @param positive 1 for a row that fails, one a row
 * @param score higher is more likely to fail, one a row; never NaN
 * @returns 0 to 1, null unless both classes occur
 */
export function rocAuc(positive: Uint8Array, score: Float64Array): number | null {
  return rankFigures(positive, score)(Float64Array.of(1)).rocAuc;
}
