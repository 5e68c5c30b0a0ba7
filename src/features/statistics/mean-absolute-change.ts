/** `meanAbsoluteChange`. */
import { described } from "./described.ts";

/** The mean size of the differences of consecutive readings. NaN below two readings. */
export const meanAbsoluteChangeStatistic = described("meanAbsoluteChange", "sensor");
