/**
 * `intercept`, `rSquared` and `slopeError`: of the line that `slope` is of, but for rounding. They sum all readings in the order of time,
 * `slope` those of a long window in groups.
 */
import { described } from "./described.ts";

/**
 * The value at the cutoff of the least-squares line through the readings over their times: where the trend stands now. NaN
 * below two readings.
 */
export const interceptStatistic = described("intercept", "sensor");

/**
 * The share of the readings' variance that the least-squares line over their times explains, 0..1: the square of scipy's
 * `linregress` rvalue. NaN below two readings and where all are equal.
 */
export const rSquaredStatistic = described("rSquared", "none");

/**
 * The standard error of `slope`, per hour or cycle, as scipy's `linregress` stderr; 0 where the line fits all readings. NaN
 * below three readings.
 */
export const slopeErrorStatistic = described("slopeError", "sensor per hour");
