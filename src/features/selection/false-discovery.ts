/** Which of many tests to believe, so that few of those believed are false. */

/**
 * The number of smallest chances to believe so that at most the given share of them is expected to be false: the step-up rule of
 * Y. Benjamini and Y. Hochberg (1995) for independent tests, with the factor of Y. Benjamini and D. Yekutieli (2001) for dependent ones.
 * @param sorted the tests' chances, ascending
 */
export function believed(sorted: readonly number[], share: number, hypotheses: "dependent" | "independent"): number {
  const tests = sorted.length;
  const factor = hypotheses === "independent" ? 1 : sorted.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  return sorted.findLastIndex((p, i) => p <= ((i + 1) / tests / factor) * share) + 1;
}
