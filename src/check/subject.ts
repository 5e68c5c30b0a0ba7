/** What is checked for leaks: the stages of a pipeline as plain functions, each of which may be one's own. */
import type { Fleet } from "../core/fleet.ts";
import type { Json } from "../core/json.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import type { Reach } from "../features/feature.ts";
import type { Labels } from "../labels/labels.ts";
import type { Fold } from "../splits/fold.ts";
import type { SplitRows } from "../splits/rows.ts";

export interface LeakSubject {
  fleet: Fleet;
  /** The rows that would be trained on and evaluated. */
  cutoffs: Cutoffs;
  /** The unfitted columns at some cutoffs, of this fleet or one that differs in what was unknown then: always the same columns. */
  features: (fleet: Fleet, cutoffs: Cutoffs) => Promise<Matrix>;
  /** How far back columns may read, by name. Default: no column is checked for what lies before its window or anchor. */
  reach?: ReadonlyMap<string, Reach>;
  /** The labels of some cutoffs, of this fleet or one that differs in what became known after them. */
  labels: (fleet: Fleet, cutoffs: Cutoffs) => Labels;
  split: SplitSubject;
  learners: readonly LearnerSubject[];
}

export interface SplitSubject {
  /** The longest window of a feature, in the fleet's time unit. */
  lookback: number;
  folds: (rows: SplitRows) => readonly Fold[];
  /** The folds inside a fold's training rows, where thresholds and tree counts come from. Default: none. */
  innerFolds?: (rows: SplitRows, train: Uint32Array) => readonly Fold[];
  /**
   * What a fold's parts are kept apart by. "time": training keeps clear of the evaluation labels, whatever the machine; "machines": no
   * machine is in both. By machines alone, their times may overlap.
   */
  apart: readonly ("time" | "machines")[];
  /** The same for inner folds. Default: as `apart`. */
  innerApart?: readonly ("time" | "machines")[];
  /** Between the last training label and the first evaluation cutoff, in the fleet's time unit. Default: 0. */
  embargo?: number;
}

/** All rows with what a fold is fitted from. */
export interface FitRows {
  fleet: Fleet;
  cutoffs: Cutoffs;
  /** The unfitted columns of all rows. */
  raw: Matrix;
  labels: Labels;
}

/** All that a fold has learned, as it would be stored. */
export interface FittedState {
  featurizer: Json;
  model: Json;
  threshold: Json;
}

export interface LearnerSubject {
  name: string;
  /** Fits on the fold's training rows; undefined where they hold too few failures. */
  fit: (rows: FitRows, fold: Fold) => Promise<FittedState | undefined>;
}
