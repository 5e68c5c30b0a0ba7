/** `absoluteMaximum`. */
import { described } from "./described.ts";

/** The largest size of a reading, its sign left out. NaN in an empty window. */
export const absoluteMaximumStatistic = described("absoluteMaximum", "sensor");
