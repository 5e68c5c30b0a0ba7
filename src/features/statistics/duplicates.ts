/** `hasDuplicate`, `hasDuplicateMaximum` and `hasDuplicateMinimum`. */
import { described } from "./described.ts";

/** 1 where a value is there more than once, else 0. NaN in an empty window. */
export const hasDuplicateStatistic = described("hasDuplicate", "none");

/** 1 where the largest value is there more than once, else 0. NaN in an empty window. */
export const hasDuplicateMaximumStatistic = described("hasDuplicateMaximum", "none");

/** 1 where the smallest value is there more than once, else 0. NaN in an empty window. */
export const hasDuplicateMinimumStatistic = described("hasDuplicateMinimum", "none");
