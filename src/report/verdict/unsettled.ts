/** Says that two figures are not told apart by their intervals; null where they are. */
import type { Interval } from "../../evaluation/metrics.ts";

/** `question` as in "which is cheaper". Where an interval is unknown nothing is told apart. */
export function unsettled(a: Interval, b: Interval, question: string): string | null {
  if (a === null || b === null) return `Without an interval for both, these data do not settle ${question}.`;
  const overlap = a[0] <= b[1] && b[0] <= a[1];
  return overlap ? `The two 95 % intervals overlap: these data do not settle ${question}.` : null;
}
