/** `medianAbsoluteDeviation`. */
import { described } from "./described.ts";

/**
 * The median distance of the readings from their median, not scaled, as scipy's `median_abs_deviation`. NaN in an empty
 * window and where the median is infinite.
 */
export const medianAbsoluteDeviationStatistic = described("medianAbsoluteDeviation", "sensor");
