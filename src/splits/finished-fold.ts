/** A fold, with the reason why it is not used where there is one. */
import { FAILS } from "../labels/labels.ts";
import type { Fold } from "./fold.ts";
import type { SplitRows } from "./rows.ts";

export function finishedFold(name: string, rows: SplitRows, train: Uint32Array, evaluate: Uint32Array): Fold {
  if (!train.some((row) => rows.state[row] === FAILS))
    return { name, train, evaluate, skipped: "no failure in training" };
  if (evaluate.length === 0) return { name, train, evaluate, skipped: "no row to evaluate" };
  return { name, train, evaluate };
}
