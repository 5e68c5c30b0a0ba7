/** `complexity` and `normalizedComplexity`. */
import { described } from "./described.ts";

/**
 * The root of the summed squares of the differences of consecutive readings (Batista and others, CID: an efficient
 * complexity-invariant distance for time series, 2014). NaN below two readings.
 */
export const complexityStatistic = described("complexity", "sensor");

/**
 * `complexity` in population sds (divided by n), as tsfresh's `cid_ce` with normalize; 0 where all readings are equal. NaN
 * below two readings.
 */
export const normalizedComplexityStatistic = described("normalizedComplexity", "none");
