/** Folds of whole machines. */
import { dealMachines } from "./deal-machines.ts";
import { finishedFold } from "./finished-fold.ts";
import type { Fold } from "./fold.ts";
import type { SplitRows } from "./rows.ts";

/** Each machine is evaluated once, in the fold it is dealt to. At most as many folds as there are machines, at least one. */
export function machineFolds(rows: SplitRows, among: Uint32Array, folds: number, seed: number): Fold[] {
  const { machine } = rows.cutoffs;
  const machines = new Set(Array.from(among, (row) => machine[row])).size;
  const count = Math.max(1, Math.min(folds, machines));
  const group = dealMachines(rows, among, count, seed);
  return Array.from({ length: count }, (_, fold) => {
    const train = among.filter((row) => group[machine[row]] !== fold);
    const evaluate = among.filter((row) => group[machine[row]] === fold);
    return finishedFold(`machines ${fold + 1} of ${count}`, rows, train, evaluate);
  });
}
