/** Folds whose test windows follow one another through time, trained on what came before. */
import { instantName } from "../core/time.ts";
import { dealMachines } from "./deal-machines.ts";
import { finishedFold } from "./finished-fold.ts";
import type { Fold } from "./fold.ts";
import { purged } from "./purged.ts";
import type { SplitRows } from "./rows.ts";

interface RollingFoldsOptions {
  folds: number;
  /** Lengths in the fleet's time unit. */
  test: number;
  embargo: number;
  /** How long before the test window training begins; Infinity for no bound. */
  window: number;
  machines: "same" | "held-out";
  seed: number;
}

/**
 * The k-th test window from the last holds the cutoffs in (last - (k + 1) test, last - k test], where `last` is the last cutoff among
 * the rows; a window's training rows have their cutoff before it, and not more than `window` before its start. Held-out: the machines are
 * dealt into as many groups as there are folds (at least 2); a window evaluates its own group and trains on the others.
 */
export function rollingFolds(rows: SplitRows, among: Uint32Array, options: RollingFoldsOptions): Fold[] {
  const { folds, test, embargo, window, machines, seed } = options;
  const { cutoff, machine } = rows.cutoffs;
  const group = machines === "same" ? undefined : dealMachines(rows, among, Math.max(2, folds), seed);
  let last = Number.NEGATIVE_INFINITY;
  for (const row of among) last = Math.max(last, cutoff[row]);
  if (among.length === 0) return [];
  return Array.from({ length: folds }, (_, fold) => {
    const to = last - (folds - 1 - fold) * test;
    const from = to - test;
    const isEvaluated = (row: number) => group === undefined || group[machine[row]] === fold;
    const isTrainedOn = (row: number) => group === undefined || group[machine[row]] !== fold;
    const evaluate = among.filter((row) => cutoff[row] > from && cutoff[row] <= to && isEvaluated(row));
    const earlier = among.filter((row) => cutoff[row] <= from && cutoff[row] > from - window && isTrainedOn(row));
    const train = purged(rows, earlier, evaluate, embargo);
    return finishedFold(`${instantName(from, rows.time)} to ${instantName(to, rows.time)}`, rows, train, evaluate);
  });
}
