/** The rows of one trial: every machine at an instant, among some other rows of the same computation. */
import { type Cutoffs, takeCutoffs } from "../core/matrix.ts";
import { random } from "../core/random.ts";

/** Other rows beside those at the instant, so that a value made from the whole computation shows. */
const OTHERS = 500;

/** Sorted by machine, then cutoff; each once. */
export function batchAt(cutoffs: Cutoffs, instant: number, seed: number): Cutoffs {
  const { machines, machine, cutoff } = cutoffs;
  const numbers = random(seed, `batch ${instant}`);
  const count = cutoff.length;
  const others = new Set<number>();
  for (let i = 0; i < Math.min(OTHERS, count); i++) others.add(numbers.integer(count));
  const rows = [
    ...machines.map((_, owner) => ({ owner, at: instant })),
    ...[...others].map((row) => ({ owner: machine[row], at: cutoff[row] })).filter(({ at }) => at !== instant),
  ].sort((a, b) => a.owner - b.owner || a.at - b.at);
  return {
    machines,
    machine: Uint32Array.from(rows, ({ owner }) => owner),
    cutoff: Float64Array.from(rows, ({ at }) => at),
  };
}

/** One row of a batch by itself. */
export function onlyRow(cutoffs: Cutoffs, row: number): Cutoffs {
  return takeCutoffs(cutoffs, Uint32Array.of(row));
}
