/** `impulseFactor`. */
import { described } from "./described.ts";

/**
 * The largest size over the mean size: 1 for a constant or a square wave, 1.57 for a sine, more where there are shocks. NaN
 * where all readings are 0.
 */
export const impulseFactorStatistic = described("impulseFactor", "none");
