/** Rows of machines for split tests, written by hand: every row looks back `lookback` and ahead `horizon`. */

import type { TimeKind } from "../../src/core/time.ts";
import type { SplitRows } from "../../src/splits/rows.ts";

export interface BuildRowsOptions {
  /** Default: "cycles". */
  time?: TimeKind;
  /** Cutoffs by machine. */
  cutoffs: Record<string, readonly number[]>;
  /** "m 7" fails, by machine and cutoff. Default: none. */
  fails?: readonly string[];
  censored?: readonly string[];
  /** Default: 0. */
  lookback?: number;
  horizon?: number;
  /** Label ends that differ from cutoff + horizon, by machine and cutoff. */
  ends?: Readonly<Record<string, number>>;
}

export function buildRows(options: BuildRowsOptions): SplitRows {
  const { time = "cycles", cutoffs, fails = [], censored = [], lookback = 0, horizon = 0, ends = {} } = options;
  const machines = Object.keys(cutoffs).sort();
  const rows = machines.flatMap((name, machine) => cutoffs[name].map((cutoff) => ({ name, machine, cutoff })));
  return {
    time,
    cutoffs: {
      machines,
      machine: Uint32Array.from(rows, (row) => row.machine),
      cutoff: Float64Array.from(rows, (row) => row.cutoff),
    },
    state: Uint8Array.from(rows, ({ name, cutoff }) => {
      const row = `${name} ${cutoff}`;
      return censored.includes(row) ? 2 : fails.includes(row) ? 1 : 0;
    }),
    windowStart: Float64Array.from(rows, ({ cutoff }) => cutoff - lookback),
    labelEnd: Float64Array.from(rows, ({ name, cutoff }) => ends[`${name} ${cutoff}`] ?? cutoff + horizon),
  };
}

/** The rows of an index as "m 7". */
export function named({ cutoffs }: SplitRows, index: Uint32Array): string[] {
  return Array.from(index, (row) => `${cutoffs.machines[cutoffs.machine[row]]} ${cutoffs.cutoff[row]}`);
}

/** The distinct machines of an index. */
export function machinesOf({ cutoffs }: SplitRows, index: Uint32Array): string[] {
  return [...new Set(Array.from(index, (row) => cutoffs.machines[cutoffs.machine[row]]))];
}

/** The distinct cutoffs of an index, ascending. */
export function cutoffsOf({ cutoffs }: SplitRows, index: Uint32Array): number[] {
  return [...new Set(Array.from(index, (row) => cutoffs.cutoff[row]))].sort((a, b) => a - b);
}
