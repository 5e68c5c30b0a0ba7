/** `absoluteSumOfChanges`. */
import { described } from "./described.ts";

/** The sum of the sizes of the differences of consecutive readings: the way they go up and down. NaN below two readings. */
export const absoluteSumOfChangesStatistic = described("absoluteSumOfChanges", "sensor");
