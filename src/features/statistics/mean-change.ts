/** `meanChange`. */
import { described } from "./described.ts";

/**
 * The mean difference of consecutive readings: the newest minus the oldest, over their number less one. NaN below two
 * readings.
 */
export const meanChangeStatistic = described("meanChange", "sensor");
