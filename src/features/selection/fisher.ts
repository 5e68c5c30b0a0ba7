/** Whether two yes-or-no facts go together. */
import { NO_RELEVANCE, type Relevance } from "./relevance.ts";

/** Chances within this share of each other count as equal. */
const SAME = 1 + 1e-7;

/**
 * Fisher's exact test, two-sided: the chance of all tables with the same margins that are no likelier than the one given (R. A. Fisher,
 * 1935). The effect is |share of `both` in one group - share in the other|.
 * @param both rows with both facts; `first` and `second` those with each; of `all` rows
 */
export function fisher(both: number, first: number, second: number, all: number): Relevance {
  if (first === 0 || first === all || second === 0 || second === all) return NO_RELEVANCE;
  const least = Math.max(0, first + second - all);
  const most = Math.min(first, second);
  // Chances relative to the likeliest table's, going out from it until they vanish: neither factorials nor logarithms are needed.
  const likeliest = Math.min(most, Math.max(least, Math.floor(((first + 1) * (second + 1)) / (all + 2))));
  const weights = new Map([[likeliest, 1]]);
  for (let k = likeliest, weight = 1; k < most && weight > 0; k++) {
    weight *= ((first - k) / (k + 1)) * ((second - k) / (all - first - second + k + 1));
    weights.set(k + 1, weight);
  }
  for (let k = likeliest, weight = 1; k > least && weight > 0; k--) {
    weight *= (k / (first - k + 1)) * ((all - first - second + k) / (second - k + 1));
    weights.set(k - 1, weight);
  }
  const observed = weights.get(both) ?? 0;
  // The smallest first, so that their sum keeps its digits.
  const ascending = Float64Array.from(weights.values()).sort();
  let total = 0;
  let tail = 0;
  for (const weight of ascending) {
    total += weight;
    if (weight <= observed * SAME) tail += weight;
  }
  const effect = Math.abs(both / second - (first - both) / (all - second));
  return { p: Math.min(1, tail / total), effect };
}
