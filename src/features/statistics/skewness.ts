/** `skewness`. */
import { described } from "./described.ts";

/**
 * The sample skewness, adjusted for bias: Fisher and Pearson's G1, as `skew` of pandas. 0 is symmetric, a long tail to the right is
 * positive. NaN below three readings and where all are equal.
 */
export const skewnessStatistic = described("skewness", "none");
