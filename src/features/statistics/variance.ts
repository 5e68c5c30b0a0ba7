/** `variance`. */
import { described } from "./described.ts";

/** The sample variance (n - 1), two-pass: the square of `sd`; NaN below two readings. */
export const varianceStatistic = described("variance", "sensor squared");
