/** Divides rows into training and evaluation folds so that no training row knows what an evaluation row is to predict. */
import { durationLength, instantName, parseInstant } from "../core/time.ts";
import { holdOutMachines } from "./deal-machines.ts";
import { embargoLength } from "./embargo.ts";
import { finishedFold } from "./finished-fold.ts";
import type { Fold } from "./fold.ts";
import { givenFold } from "./given-fold.ts";
import { knownRows } from "./known-rows.ts";
import { machineFolds } from "./machine-folds.ts";
import { purged } from "./purged.ts";
import { rollingFolds } from "./rolling-folds.ts";
import type { SplitRows } from "./rows.ts";
import type { ByTimeSpec, SplitSpec } from "./spec.ts";

export interface SplitOptions {
  /** Decides which machines fall into which fold. */
  seed: number;
  /** How far labels look, in the fleet's time unit (`labelHorizon`); 0 for an uncapped remaining life. */
  horizon: number;
}

/**
 * The folds of a split. Censored rows are in none. A fold without a failure in training, or without a row to evaluate, carries the reason in `skipped`.
 * @throws PIPELINE_DURATION, PIPELINE_INSTANT when a length or instant cannot be read or is of the other kind of time.
 * @throws PIPELINE_SPLIT_MACHINES as `givenFold` does.
 */
export function splitRows(spec: SplitSpec, rows: SplitRows, { seed, horizon }: SplitOptions): Fold[] {
  const known = knownRows(rows);
  switch (spec.split) {
    case "byTime":
      return [byTimeFold(spec, rows, known, horizon)];
    case "byMachine":
      return spec.share === undefined
        ? machineFolds(rows, known, spec.folds ?? 2, seed)
        : [heldOutFold(spec.share, rows, known, seed)];
    case "rollingOrigin":
      return rollingFolds(rows, known, {
        folds: spec.folds,
        test: durationLength(spec.test, rows.time),
        embargo: embargoLength(spec, rows.time),
        window: spec.window === undefined ? Number.POSITIVE_INFINITY : durationLength(spec.window, rows.time),
        machines: spec.machines,
        seed,
      });
    case "given":
      return [givenFold(spec, rows, known)];
  }
}

function byTimeFold(spec: ByTimeSpec, rows: SplitRows, known: Uint32Array, horizon: number): Fold {
  const { cutoff } = rows.cutoffs;
  const at = parseInstant(spec.at, rows.time);
  const embargo = embargoLength(spec, rows.time);
  const evaluate = known.filter((row) => cutoff[row] >= at + horizon + embargo);
  const train = purged(
    rows,
    known.filter((row) => cutoff[row] < at),
    evaluate,
    embargo,
  );
  return finishedFold(`at ${instantName(at, rows.time)}`, rows, train, evaluate);
}

function heldOutFold(share: number, rows: SplitRows, known: Uint32Array, seed: number): Fold {
  const { machine } = rows.cutoffs;
  const heldOut = holdOutMachines(rows, known, share, seed);
  const train = known.filter((row) => !heldOut.has(machine[row]));
  const evaluate = known.filter((row) => heldOut.has(machine[row]));
  return finishedFold("machines held out", rows, train, evaluate);
}
