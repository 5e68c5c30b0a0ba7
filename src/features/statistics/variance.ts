/** `variance`. */
import { described } from "./described.ts";

/**
 * The sample variance (n - 1), two-pass; NaN below two readings. The square of `sd` but for rounding: this sums all readings in the order
 * of time, `sd` those of a long window in groups.
 */
export const varianceStatistic = described("variance", "sensor squared");
