/** Whether numbers are larger in one group of rows than in the others. */
import { twoTails } from "./normal-tail.ts";
import type { Ranked } from "./ranked.ts";
import { NO_RELEVANCE, type Relevance } from "./relevance.ts";

/**
 * The two-sided Mann-Whitney U test of each group against all other rows: normal approximation with the correction for ties and for
 * continuity (H. B. Mann and D. R. Whitney, 1947). The effect is |2 AUC - 1|.
 * @param group the group of each row, 0 to groups - 1
 */
export function mannWhitney({ order, level }: Ranked, group: ArrayLike<number>, groups: number): Relevance[] {
  const counts = new Float64Array(groups);
  const rankSums = new Float64Array(groups);
  let ties = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && level[to] === level[from]) to++;
    const rank = (from + 1 + to) / 2;
    const size = to - from;
    ties += size * (size * size - 1);
    for (let i = from; i < to; i++) {
      counts[group[order[i]]]++;
      rankSums[group[order[i]]] += rank;
    }
  }
  const all = order.length;
  return Array.from(counts, (inside, g) => {
    const outside = all - inside;
    const variance = ((inside * outside) / 12) * (all + 1 - ties / (all * (all - 1)));
    if (!(variance > 0)) return NO_RELEVANCE;
    const larger = rankSums[g] - (inside * (inside + 1)) / 2;
    const middle = (inside * outside) / 2;
    const distance = Math.abs(larger - middle);
    return { p: twoTails(Math.max(0, distance - 0.5) / Math.sqrt(variance)), effect: distance / middle };
  });
}
