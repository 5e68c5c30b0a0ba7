/** A matrix as plain objects. */
import type { Cutoffs, Matrix } from "../../core/matrix.ts";
import { instantName, type TimeKind } from "../../core/time.ts";

/** The row's machine and cutoff, and its features by name; NaN is missing. */
export interface FeatureRow {
  machine: string;
  /** Text in ISO 8601, UTC; a number where time is a counter. */
  cutoff: string | number;
  readonly [feature: string]: string | number;
}

/** One object a row, in the order of the cutoffs. @param time what the cutoffs count. Default: "timestamp" */
export function rowsOf(cutoffs: Cutoffs, { names, columns }: Matrix, time: TimeKind = "timestamp"): FeatureRow[] {
  return Array.from(cutoffs.cutoff, (cutoff, row): FeatureRow => {
    const features = Object.fromEntries(names.map((name, i) => [name, columns[i][row]]));
    const at = time === "cycles" ? cutoff : instantName(cutoff, time);
    return { ...features, machine: cutoffs.machines[cutoffs.machine[row]], cutoff: at };
  });
}
