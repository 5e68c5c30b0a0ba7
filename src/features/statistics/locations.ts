/** `firstLocationOfMaximum`, `lastLocationOfMaximum`, `firstLocationOfMinimum` and `lastLocationOfMinimum`. */
import { described } from "./described.ts";

/**
 * Where the largest reading is first met: the readings before it, as a share of all, 0 (oldest) to below 1. NaN in an empty
 * window.
 */
export const firstLocationOfMaximumStatistic = described("firstLocationOfMaximum", "none");

/**
 * Where the largest reading is last met: the readings up to and with it, as a share of all, above 0 to 1 (newest). NaN in an
 * empty window.
 */
export const lastLocationOfMaximumStatistic = described("lastLocationOfMaximum", "none");

/**
 * Where the smallest reading is first met: the readings before it, as a share of all, 0 (oldest) to below 1. NaN in an empty
 * window.
 */
export const firstLocationOfMinimumStatistic = described("firstLocationOfMinimum", "none");

/**
 * Where the smallest reading is last met: the readings up to and with it, as a share of all, above 0 to 1 (newest). NaN in an
 * empty window.
 */
export const lastLocationOfMinimumStatistic = described("lastLocationOfMinimum", "none");
