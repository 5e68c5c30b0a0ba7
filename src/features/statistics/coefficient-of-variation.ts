/** `coefficientOfVariation`. */
import { described } from "./described.ts";

/**
 * The population sd (divided by n, as scipy's `variation` and tsfresh's `variation_coefficient`) over the mean. NaN where the
 * mean is 0; 0 where all readings are equal.
 */
export const coefficientOfVariationStatistic = described("coefficientOfVariation", "none");
