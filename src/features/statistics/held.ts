/** `timeWeightedMean` and `integral`. */
import { described } from "./described.ts";

/**
 * The mean over time: each reading holds from its own time to the next reading, the newest to the cutoff; time before the
 * first reading does not count. Where no time passes (a single reading, at the cutoff) that reading. NaN in an empty window.
 */
export const timeWeightedMeanStatistic = described("timeWeightedMean", "sensor");

/**
 * The integral over time, in sensor units x hours (or cycles): each reading holds from its own time to the next reading, the
 * newest to the cutoff; time before the first reading does not count. NaN in an empty window.
 */
export const integralStatistic = described("integral", "sensor hours");
