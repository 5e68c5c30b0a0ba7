/** Folds inside a fold's training rows, for early stopping, calibration and thresholds. */
import { embargoLength } from "./embargo.ts";
import type { Fold } from "./fold.ts";
import { knownRows } from "./known-rows.ts";
import { machineFolds } from "./machine-folds.ts";
import { rollingFolds } from "./rolling-folds.ts";
import type { SplitRows } from "./rows.ts";
import type { SplitSpec } from "./spec.ts";

export interface InnerFoldsOptions {
  /** Decides which machines fall into which fold. */
  seed: number;
  /** The number of folds. */
  folds: number;
}

/** The share of the training span, at its end, that the test windows cover together: enough failures to tune on, enough before to learn from. */
const TESTED_SHARE = 0.6;

/**
 * For splits that go forward in timestamps: purged rolling-origin folds with the split's embargo, whose consecutive test windows cover the
 * last 60 % of the training span, on the machines trained on. For splits by machine, given splits and counters (where machines share no
 * clock): folds of whole machines. Indices are those of all rows; every training row is evaluated at most once.
 * @param train a fold's training rows, ascending.
 */
export function innerFolds(spec: SplitSpec, rows: SplitRows, train: Uint32Array, options: InnerFoldsOptions): Fold[] {
  const { seed, folds } = options;
  const known = knownRows(rows, train);
  const isForward = spec.split === "byTime" || spec.split === "rollingOrigin";
  if (!isForward || rows.time === "cycles") return machineFolds(rows, known, folds, seed);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const row of known) {
    first = Math.min(first, rows.cutoffs.cutoff[row]);
    last = Math.max(last, rows.cutoffs.cutoff[row]);
  }
  if (known.length === 0) return [];
  return rollingFolds(rows, known, {
    folds,
    test: Math.max(1, Math.ceil((TESTED_SHARE * (last - first)) / folds)),
    embargo: embargoLength(spec, rows.time),
    window: Number.POSITIVE_INFINITY,
    machines: "same",
    seed,
  });
}
