/** Rows of a feature matrix that come a group at a time. */
import type { Cutoffs, Matrix } from "../core/matrix.ts";

/** The next rows, sorted by machine, then cutoff; `machines` is the same in all groups. */
export interface FeatureGroup {
  cutoffs: Cutoffs;
  matrix: Matrix;
}
