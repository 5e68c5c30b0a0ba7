/** The natural logarithm of 1 + x, from additions and multiplications alone. */
import { log } from "../../core/math.ts";

/**
 * log(1 + x) with a relative error of a few ulp, also near 0; -Infinity at -1, NaN below.
 * Method: W. Kahan's correction of log(1 + x) by what the rounding of 1 + x has lost, "Interval arithmetic options", 1987.
 */
export function log1p(x: number): number {
  const rounded = 1 + x;
  if (rounded === 1) return x;
  if (!(rounded > 0) || rounded === Number.POSITIVE_INFINITY) return log(rounded);
  return log(rounded) * (x / (rounded - 1));
}
