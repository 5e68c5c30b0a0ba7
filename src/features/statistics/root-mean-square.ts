/** `rootMeanSquare`. */
import { described } from "./described.ts";

/** The root of the mean of the squared readings; exactly the size of the value where all are equal. NaN in an empty window. */
export const rootMeanSquareStatistic = described("rootMeanSquare", "sensor");
