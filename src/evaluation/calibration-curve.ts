/** The calibration curve: whether of the rows given 20 % a fifth fails. */

export interface CalibrationBin {
  /** The mean probability given. */
  predicted: number;
  /** The share that failed. */
  observed: number;
  count: number;
}

/**
 * Bins of about equally many rows by rising probability; equal probabilities are never parted, so there may be fewer bins.
 * @param positive 1 for a row that fails, one a row
 * @param probability of failing, one a row
 * @param bins Default: 10.
 */
export function calibrationCurve(positive: Uint8Array, probability: Float64Array, bins = 10): CalibrationBin[] {
  const order = Uint32Array.from(probability, (_, row) => row).sort((a, b) => probability[a] - probability[b] || a - b);
  const curve: CalibrationBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let end = Math.max(start, Math.round((order.length * bin) / bins));
    while (end > start && end < order.length && probability[order[end]] === probability[order[end - 1]]) end++;
    if (end === start) continue;
    let [predicted, observed] = [0, 0];
    for (const row of order.subarray(start, end)) {
      predicted += probability[row];
      observed += positive[row];
    }
    const count = end - start;
    curve.push({ predicted: predicted / count, observed: observed / count, count });
    start = end;
  }
  return curve;
}
