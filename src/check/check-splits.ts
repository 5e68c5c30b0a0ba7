/** Looks through folds for training rows that share something with evaluation rows: a row, a machine, or time. */
import type { Cutoffs } from "../core/matrix.ts";
import { CENSORED } from "../labels/labels.ts";
import type { Fold } from "../splits/fold.ts";
import type { SplitRows } from "../splits/rows.ts";
import type { SplitLeak } from "./leak.ts";
import type { SplitSubject } from "./subject.ts";

export interface Apart {
  /** As in `SplitSubject.apart`. */
  apart: SplitSubject["apart"];
  embargo: number;
  /** For an inner fold: the rows it may use at all. Default: any. */
  within?: Uint32Array;
}

/**
 * A training row that comes before the last evaluation cutoff has to end its label before the first one less the embargo, one that comes
 * after it has to start its longest window at or after the end of the last evaluation label.
 */
export function checkFold(rows: SplitRows, fold: Fold, { apart, embargo, within }: Apart): SplitLeak[] {
  const { cutoffs, labelEnd, windowStart, state } = rows;
  const { machine, cutoff } = cutoffs;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let lastEnd = Number.NEGATIVE_INFINITY;
  const evaluated = new Set(fold.evaluate);
  const machines = new Set<number>();
  for (const row of fold.evaluate) {
    first = Math.min(first, cutoff[row]);
    last = Math.max(last, cutoff[row]);
    lastEnd = Math.max(lastEnd, labelEnd[row]);
    machines.add(machine[row]);
  }
  const clear = (row: number, gap: number) =>
    cutoff[row] > last ? windowStart[row] >= lastEnd : labelEnd[row] < first - gap;
  const of = (reason: SplitLeak["reason"], found: Uint32Array): SplitLeak[] =>
    found.length === 0
      ? []
      : [
          {
            leak: "split",
            fold: fold.name,
            reason,
            rows: found.length,
            ...placeOf(cutoffs, found[0]),
            interval: [windowStart[found[0]], labelEnd[found[0]]],
            evaluation: [first, lastEnd],
          },
        ];
  const train = fold.train;
  const censored = [...train, ...fold.evaluate].filter((row) => state[row] === CENSORED);
  const shared = train.filter((row) => evaluated.has(row));
  const allowed = within && new Set(within);
  const outside = allowed === undefined ? [] : [...train, ...fold.evaluate].filter((row) => !allowed.has(row));
  const byTime = apart.includes("time") && evaluated.size > 0;
  const overlapping = byTime ? train.filter((row) => !evaluated.has(row) && !clear(row, 0)) : new Uint32Array();
  const near = byTime ? train.filter((row) => clear(row, 0) && !clear(row, embargo)) : new Uint32Array();
  const known = apart.includes("machines") ? train.filter((row) => machines.has(machine[row])) : new Uint32Array();
  return [
    ...of("censored row", Uint32Array.from(censored)),
    ...of("row outside training", Uint32Array.from(outside)),
    ...of("row in both parts", shared),
    ...of("machine in both parts", known),
    ...of("overlaps an evaluation label", overlapping),
    ...of("within the embargo", near),
  ];
}

function placeOf({ machines, machine, cutoff }: Cutoffs, row: number) {
  return { machine: machines[machine[row]], cutoff: cutoff[row] };
}
