/** How long, and how completely, each machine was watched by the evaluated rows. */
import { ForewarnError } from "../core/errors.ts";
import type { Cutoffs } from "../core/matrix.ts";

export interface WatchedRows {
  /** Whether every cutoff the machine had in the closed interval is evaluated, with at least one, and none lies before its first or after its last. */
  covers(machine: number, from: number, to: number): boolean;
  /** Whether the machine has an evaluated row in the closed interval. */
  touches(machine: number, from: number, to: number): boolean;
  /** The time each machine was observed in its evaluated rows, in microseconds or cycles; one a machine. */
  observed: Float64Array;
}

/**
 * On a grid each evaluated row stands for one step. Otherwise it stands for the time to the machine's next cutoff (its last for
 * the median gap), at most three median gaps: a longer pause is time nobody watched.
 * @throws BUG_ROW_NOT_A_CUTOFF when an evaluated row is not among the cutoffs.
 */
export function watchedRows(rows: Cutoffs, cutoffs: Cutoffs, every?: number): WatchedRows {
  const rowOffsets = offsetsOf(rows);
  const offsets = offsetsOf(cutoffs);
  const step = every ?? medianGap(cutoffs);
  const observed = new Float64Array(rows.machines.length);
  let at = 0;
  for (let row = 0; row < rows.cutoff.length; row++) {
    const machine = rows.machine[row];
    at = Math.max(at, offsets[machine]);
    while (at < offsets[machine + 1] && cutoffs.cutoff[at] < rows.cutoff[row]) at++;
    if (at >= offsets[machine + 1] || cutoffs.cutoff[at] !== rows.cutoff[row]) throw notACutoff(rows, row);
    const isLast = at + 1 === offsets[machine + 1];
    const gap = every !== undefined || isLast ? step : cutoffs.cutoff[at + 1] - cutoffs.cutoff[at];
    observed[machine] += Math.min(gap, 3 * step);
  }

  function count(list: Cutoffs, listOffsets: Uint32Array, machine: number, from: number, to: number): number {
    const [start, end] = [listOffsets[machine], listOffsets[machine + 1]];
    return lowerBound(list.cutoff, start, end, to, true) - lowerBound(list.cutoff, start, end, from, false);
  }
  return {
    covers(machine, from, to) {
      const first = cutoffs.cutoff[offsets[machine]];
      const last = cutoffs.cutoff[offsets[machine + 1] - 1];
      if (offsets[machine] === offsets[machine + 1] || from <= first - step || to >= last + step) return false;
      const evaluated = count(rows, rowOffsets, machine, from, to);
      return evaluated > 0 && evaluated === count(cutoffs, offsets, machine, from, to);
    },
    touches: (machine, from, to) => count(rows, rowOffsets, machine, from, to) > 0,
    observed,
  };
}

/** Where each machine's rows begin; one more than there are machines. */
function offsetsOf({ machines, machine }: Cutoffs): Uint32Array {
  const offsets = new Uint32Array(machines.length + 1);
  for (const m of machine) offsets[m + 1]++;
  for (let m = 0; m < machines.length; m++) offsets[m + 1] += offsets[m];
  return offsets;
}

/** The first position in [start, end) whose value is not below `value` (or not at or below it, when `beyond`). */
function lowerBound(values: Float64Array, start: number, end: number, value: number, beyond: boolean): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value || (beyond && values[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lower median of the gaps between one machine's consecutive cutoffs; 0 where there is none. */
function medianGap({ machine, cutoff }: Cutoffs): number {
  const gaps: number[] = [];
  for (let i = 1; i < cutoff.length; i++) if (machine[i] === machine[i - 1]) gaps.push(cutoff[i] - cutoff[i - 1]);
  return gaps.length === 0 ? 0 : Float64Array.from(gaps).sort()[(gaps.length - 1) >>> 1];
}

function notACutoff(rows: Cutoffs, row: number): ForewarnError {
  return new ForewarnError("BUG_ROW_NOT_A_CUTOFF", {
    problem: "an evaluated row is not among the cutoffs of its machine",
    expected: "all cutoffs in observation, evaluated or not",
    where: `machine ${rows.machines[rows.machine[row]]}, cutoff ${rows.cutoff[row]}`,
  });
}
