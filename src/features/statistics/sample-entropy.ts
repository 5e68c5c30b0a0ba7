/** `sampleEntropy`. */
import { described } from "./described.ts";

/**
 * How unpredictable the readings are, in nats: minus the logarithm of the share of pairs of two consecutive readings within
 * 0.2 population sds of each other that are so with the next reading too (Richman and Moorman, 2000; counted as tsfresh's
 * `sample_entropy`). NaN where no three match. It compares all pairs: its time grows with the square of the readings.
 */
export const sampleEntropyStatistic = described("sampleEntropy", "none");
