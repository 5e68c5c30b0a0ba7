/** The time by which a share of lives has ended, by the Kaplan-Meier estimate (Kaplan and Meier, 1958). */
import type { Life } from "./lives.ts";

/** Products of shares carry rounding; a survival this near to the quantile has reached it. */
const TOLERANCE = 1e-12;

/**
 * The shortest length at which the estimated survival is at most 1 - quantile; the median of the lives that failed (of an even
 * number the lower) where the estimate stays above that; undefined where none failed.
 */
export function lifeQuantile(lives: readonly Life[], quantile: number): number | undefined {
  const sorted = [...lives].sort((a, b) => a.length - b.length);
  let survival = 1;
  for (let i = 0; i < sorted.length; ) {
    const { length } = sorted[i];
    // A life cut off at this very length was still at risk.
    const atRisk = sorted.length - i;
    let ended = 0;
    for (; i < sorted.length && sorted[i].length === length; i++) if (sorted[i].failed) ended++;
    survival *= (atRisk - ended) / atRisk;
    if (survival <= 1 - quantile + TOLERANCE) return length;
  }
  const failed = sorted.filter((life) => life.failed);
  return failed[Math.floor((failed.length - 1) / 2)]?.length;
}
