/** `crestFactor`. */
import { described } from "./described.ts";

/**
 * The largest size over the root mean square (ISO 13373-2, the peak taken from 0): 1 for a constant or a square wave, 1.41
 * for a sine, more where there are shocks. NaN where all readings are 0.
 */
export const crestFactorStatistic = described("crestFactor", "none");
