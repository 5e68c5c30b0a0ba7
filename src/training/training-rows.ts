/** All rows of a run with what is needed to fit on some of them. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import type { FeaturePlan } from "../features/plan.ts";
import type { Labels } from "../labels/labels.ts";

export interface TrainingRows {
  fleet: Fleet;
  plan: FeaturePlan;
  cutoffs: Cutoffs;
  /** The unfitted columns of all rows. */
  raw: Matrix;
  labels: Labels;
}
