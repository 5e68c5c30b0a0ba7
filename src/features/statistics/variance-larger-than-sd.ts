/** `varianceLargerThanSd`. */
import { described } from "./described.ts";

/** 1 where the population variance is larger than its root, in other words above 1, else 0. NaN in an empty window. */
export const varianceLargerThanSdStatistic = described("varianceLargerThanSd", "none");
