/** How sure it is that a column has to do with a target. */

export interface Relevance {
  /** The chance of an association at least as strong where there is none, 0..1. */
  p: number;
  /** How strong it is, 0..1; it says which of two columns comes first where both chances are the same. */
  effect: number;
}

/** What a test says that cannot tell: too few rows, or all alike. */
export const NO_RELEVANCE: Relevance = { p: 1, effect: 0 };

/** The best of several tests of one column, its chance times their number (Bonferroni). */
export function bestOf(tests: readonly Relevance[]): Relevance {
  const best = tests.reduce((a, b) => (b.p < a.p || (b.p === a.p && b.effect > a.effect) ? b : a), NO_RELEVANCE);
  return { p: Math.min(1, best.p * tests.length), effect: best.effect };
}
