/** `sumOfReoccurringValues`, `sumOfReoccurringReadings`, `fractionOfReoccurringValues`, `fractionOfReoccurringReadings` and `fractionOfDistinctValues`. */
import { described } from "./described.ts";

/** The sum of the values that are there more than once, each taken once; 0 where there is none. NaN in an empty window. */
export const sumOfReoccurringValuesStatistic = described("sumOfReoccurringValues", "sensor");

/**
 * The sum of all readings whose value is there more than once; 0 where there is none (tsfresh's
 * `sum_of_reoccurring_data_points`). NaN in an empty window.
 */
export const sumOfReoccurringReadingsStatistic = described("sumOfReoccurringReadings", "sensor");

/** How many of the different values are there more than once, as a share. NaN in an empty window. */
export const fractionOfReoccurringValuesStatistic = described("fractionOfReoccurringValues", "none");

/** The share of readings whose value is there more than once. NaN in an empty window. */
export const fractionOfReoccurringReadingsStatistic = described("fractionOfReoccurringReadings", "none");

/** The number of different values over the number of readings: 1 where none repeats. NaN in an empty window. */
export const fractionOfDistinctValuesStatistic = described("fractionOfDistinctValues", "none");
