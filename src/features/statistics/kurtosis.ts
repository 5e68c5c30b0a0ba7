/** `kurtosis`. */
import { described } from "./described.ts";

/**
 * The sample excess kurtosis, adjusted for bias: Fisher's G2, as `kurt` of pandas. 0 for the normal distribution, heavy tails are
 * positive. NaN below four readings and where all are equal.
 */
export const kurtosisStatistic = described("kurtosis", "none");
