/** The thresholds worth trying: distinct scores, all at the top and ever fewer below, where alarms would never rest. */

/** A threshold no score reaches: it never raises an alarm, and is a number JSON can hold. */
export const NEVER: number = Number.MAX_VALUE;

/**
 * NEVER and the distinct scores, highest first. Where there are more than `most`, they are picked by rank in cubic steps:
 * failures are rare, so the difference between the 10th and the 11th score matters, that between the 10,000th and the
 * 10,001st does not. All of the highest and the very lowest are among them; a few come twice.
 */
export function candidateThresholds(score: Float64Array, most: number): number[] {
  const sorted = Float64Array.from(score).sort().reverse();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= most) return [NEVER, ...distinct];
  const picked = [NEVER];
  for (let i = 0; i < most; i++) {
    const share = i / (most - 1);
    picked.push(distinct[Math.floor(share * share * share * (distinct.length - 1))]);
  }
  return picked;
}
