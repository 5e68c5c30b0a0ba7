/** The weight of each class among training rows. */
import { ForewarnError } from "../core/errors.ts";

/**
 * One sum of weights a class, exact.
 * @throws DATA_ONE_CLASS when fewer than two classes occur.
 */
export function classWeights(target: Float64Array, weight: Float64Array, classes: readonly string[]): Float64Array {
  const sums = new Float64Array(classes.length);
  for (let i = 0; i < target.length; i++) sums[target[i]] += weight[i];
  const present = classes.filter((_, k) => sums[k] > 0);
  if (present.length < 2) {
    throw new ForewarnError("DATA_ONE_CLASS", {
      problem: "not enough failures: the training rows are all of one class",
      expected: `at least two of ${classes.join(", ")}`,
      found: `${target.length} rows of ${present.join(", ")}`,
      hint: "train on a longer span, or take a longer horizon",
    });
  }
  return sums;
}
