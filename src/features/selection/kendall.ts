/** Whether two columns of numbers rise and fall together. */
import { twoTails } from "./normal-tail.ts";
import type { Ranked } from "./ranked.ts";
import { NO_RELEVANCE, type Relevance } from "./relevance.ts";

/**
 * Kendall's tau-b, two-sided, by the normal approximation with ties (M. G. Kendall, "Rank Correlation Methods", 1948). The effect is
 * |tau-b|. It takes n log n steps.
 * @param other the level of each row's second value, 0 to otherLevels - 1
 */
export function kendall({ order, level }: Ranked, other: Uint32Array, otherLevels: number): Relevance {
  const n = order.length;
  const seen = new Float64Array(otherLevels);
  for (let i = 0; i < n; i++) seen[other[order[i]]]++;
  const first = tiesOf(runs(level));
  const second = tiesOf(seen);
  const pairs = (n * (n - 1)) / 2;
  if (n < 3 || first.pairs === pairs || second.pairs === pairs) return NO_RELEVANCE;
  const rising = risingMinusFalling(order, level, other, otherLevels);
  const m = n * (n - 1);
  const variance =
    (m * (2 * n + 5) - first.weighted - second.weighted) / 18 +
    (2 * first.pairs * second.pairs) / m +
    (first.triples * second.triples) / (9 * m * (n - 2));
  const effect = Math.abs(rising) / Math.sqrt(pairs - first.pairs) / Math.sqrt(pairs - second.pairs);
  return { p: twoTails(rising / Math.sqrt(variance)), effect };
}

/** Pairs that both columns put in the same order less those they put in opposite orders. */
function risingMinusFalling(order: Uint32Array, level: Uint32Array, other: Uint32Array, otherLevels: number): number {
  // A Fenwick tree counts the second values met so far.
  const tree = new Uint32Array(otherLevels + 1);
  let balance = 0;
  let met = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && level[to] === level[from]) to++;
    for (let i = from; i < to; i++) {
      const at = other[order[i]];
      const below = countUpTo(tree, at);
      balance += below - (met - countUpTo(tree, at + 1));
    }
    for (let i = from; i < to; i++) for (let k = other[order[i]] + 1; k < tree.length; k += k & -k) tree[k]++;
    met += to - from;
  }
  return balance;
}

function countUpTo(tree: Uint32Array, levels: number): number {
  let count = 0;
  for (let k = levels; k > 0; k -= k & -k) count += tree[k];
  return count;
}

function tiesOf(sizes: Iterable<number>): { pairs: number; triples: number; weighted: number } {
  const ties = { pairs: 0, triples: 0, weighted: 0 };
  for (const size of sizes) {
    ties.pairs += (size * (size - 1)) / 2;
    ties.triples += size * (size - 1) * (size - 2);
    ties.weighted += size * (size - 1) * (2 * size + 5);
  }
  return ties;
}

/** How often each level stands in a row. */
function* runs(level: Uint32Array): Iterable<number> {
  for (let from = 0, to = 0; from < level.length; from = to) {
    while (to < level.length && level[to] === level[from]) to++;
    yield to - from;
  }
}
