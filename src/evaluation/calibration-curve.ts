/** The calibration curve: whether of the rows given 20 % a fifth fails. */

export interface CalibrationBin {
  /** The mean probability given. */
  predicted: number;
  /** The share that failed. */
  observed: number;
  count: number;
}

/** So many failing rows a bin should at least be expected to hold: fewer say next to nothing of a share. */
const LEAST_EXPECTED = 5;

/**
 * Bins of rows by rising probability, cut so that the model expects about as many failing rows in each (an equal sum of
 * probabilities): where failures are rare, bins of equally many rows would nearly all lie at 0. Only what was predicted decides
 * where a bin ends, never what came true. Equal probabilities are never parted, so there may be fewer bins.
 * @param positive 1 for a row that fails, one a row
 * @param probability of failing, one a row
 * @param bins At most so many, and no more than have 5 expected failing rows each. Default: 10.
 */
export function calibrationCurve(positive: Uint8Array, probability: Float64Array, bins = 10): CalibrationBin[] {
  const order = Uint32Array.from(probability, (_, row) => row).sort((a, b) => probability[a] - probability[b] || a - b);
  const expected = order.reduce((sum, row) => sum + probability[row], 0);
  const most = Math.max(1, Math.min(bins, Math.floor(expected / LEAST_EXPECTED)));
  const curve: CalibrationBin[] = [];
  let [start, end, reached] = [0, 0, 0];
  for (let bin = 1; start < order.length; bin++) {
    // A sum that falls short by its rounding alone has got there; the last bin takes all that is left.
    const until = bin >= most ? Number.POSITIVE_INFINITY : ((expected * bin) / most) * (1 - 1e-9);
    let [predicted, observed] = [0, 0];
    while (end < order.length && (reached < until || probability[order[end]] === probability[order[end - 1]])) {
      const row = order[end];
      reached += probability[row];
      predicted += probability[row];
      observed += positive[row];
      end++;
    }
    const count = end - start;
    if (count > 0) curve.push({ predicted: predicted / count, observed: observed / count, count });
    start = end;
  }
  return curve;
}
