/** `shapeFactor`. */
import { described } from "./described.ts";

/** The root mean square over the mean size: 1 for a constant or a square wave, 1.11 for a sine. NaN where all readings are 0. */
export const shapeFactorStatistic = described("shapeFactor", "none");
