/** What a leak check found. */
import type { TimeKind } from "../core/time.ts";

/** A row that was changed, and thereby moved what must not move. */
export interface Cause {
  /** "telemetry", "errors", "schedule" …: the table's name, or "retiredAt", "commissionedAt" of the machines. */
  table: string;
  /** Undefined for reference rows, which hold for many. */
  machine?: string;
  /** The row's own instant; for reference rows and attributes the one they are valid from. */
  time: number;
  /** When it became known, where that is later. */
  knownAt?: number;
  kind?: string;
  /** It was deleted, got other values, or was moved to another instant. */
  change: "deleted" | "changed" | "moved";
  /** Where it was moved to. */
  movedTo?: number;
  /** How many rows had to change together; more than 1 where no single row moves it. */
  rows: number;
}

/**
 * Why it must not move: the row lies after the cutoff; became known after it; is an outcome at that very instant; holds only from later
 * on; lies before the column's window or last anchor.
 */
export type Reason = "after the cutoff" | "not known yet" | "own instant" | "not valid yet" | "before its reach";

export interface FeatureLeak {
  leak: "feature";
  /** The columns that move for the same cause. */
  columns: readonly string[];
  reason: Reason;
  machine: string;
  cutoff: number;
  /** The first column's value as it is, and with the change; null is missing. */
  values: readonly [before: number | null, after: number | null];
  cause: Cause;
}

export interface LabelLeak {
  leak: "label";
  machine: string;
  cutoff: number;
  /** The instant up to which the label says it looks. */
  end: number;
  values: readonly [before: number | null, after: number | null];
  cause: Cause;
}

export interface SplitLeak {
  leak: "split";
  fold: string;
  /** What is wrong with the training row. */
  reason:
    | "overlaps an evaluation label"
    | "within the embargo"
    | "machine in both parts"
    | "row in both parts"
    | "row outside training"
    | "censored row";
  /** How many training rows (or, for censored ones, rows) it is true of. */
  rows: number;
  /** The first of them. */
  machine: string;
  cutoff: number;
  /** From the start of its longest window to the end of its label. */
  interval: readonly [from: number, to: number];
  /** The first evaluation cutoff and the end of the last evaluation label that it should keep clear of. */
  evaluation: readonly [from: number, to: number];
}

/** What of the rows outside training was changed. */
export type FitInput = "features" | "labels" | "telemetry" | "events" | "reference";

export interface FitLeak {
  leak: "fit";
  learner: string;
  fold: string;
  /** The first part of what is fitted that moves; the later ones may follow from it. */
  stage: "featurizer" | "model" | "threshold";
  /** Where in the stored form they first differ: `outputs[3].interval`. */
  where: string;
  /** What stands there, as text. */
  values: readonly [before: string, after: string];
  /** What moves it, each by itself; empty where only all together do. */
  reads: readonly FitInput[];
}

export type Leak = FeatureLeak | LabelLeak | SplitLeak | FitLeak;

export interface LeakReport {
  time: TimeKind;
  machines: number;
  learners: readonly string[];
  /** How many instants were tried. */
  trials: number;
  seed: number;
  /** The columns and the values that were compared to the bit. */
  columns: number;
  values: number;
  /** Labels that were compared. */
  labels: number;
  folds: readonly { name: string; train: number; evaluate: number; skipped?: string }[];
  /** Fits that were repeated with other rows outside training. */
  fits: number;
  /** Learners and folds that could not be fitted. */
  notFitted: readonly string[];
  leaks: readonly Leak[];
  /** Columns that move and whose cause was not looked for any more. */
  moreColumns: readonly string[];
}
