/** What in a pipeline's operating cycles is likely not meant, one sentence each. */
import type { Fleet } from "../core/fleet.ts";
import { durationName } from "../core/time.ts";
import { closedCycles } from "../features/cycles/closed-cycles.ts";
import { cycleRule, type OperatingCycles } from "../features/cycles/operating-cycles.ts";

/** Of some machines. */
export interface CycleCounts {
  rows: number;
  /** Rows that no cycle waits for. */
  tooLate: number;
  closed: number;
  /** Closed cycles of one row. */
  single: number;
}

export function cycleCounts(fleet: Fleet, cycles: OperatingCycles): CycleCounts {
  const { late } = cycleRule(cycles);
  const { end, rows } = closedCycles(fleet, cycles);
  let all = 0;
  let tooLate = 0;
  for (const { time, knownAt } of fleet.telemetry) {
    all += time.length;
    if (knownAt !== time) tooLate += knownAt.reduce((sum, known, row) => sum + (known - time[row] > late ? 1 : 0), 0);
  }
  const single = rows.reduce((sum, count) => sum + (count === 1 ? 1 : 0), 0);
  return { rows: all, tooLate, closed: end.length, single };
}

/** Rows that no cycle waits for, and cycles that are hardly any. @param counts of all machines, each once */
export function cycleWarnings(counts: readonly CycleCounts[], cycles: OperatingCycles | undefined): string[] {
  if (cycles === undefined) return [];
  const { late } = cycleRule(cycles);
  const total = (of: keyof CycleCounts) => counts.reduce((sum, one) => sum + one[of], 0);
  const [tooLate, closed] = [total("tooLate"), total("closed")];
  const waits = late === 0 ? "cycles wait for no late row" : `cycles wait ${durationName(late, "timestamp")}`;
  return [
    ...(tooLate === 0
      ? []
      : [
          `${tooLate} of ${total("rows")} telemetry rows become known too late for their operating cycle (${waits}): give \`late\``,
        ]),
    ...(closed === 0 ? ["no operating cycle is closed: is the pause that ends one longer than any there is?"] : []),
    ...(closed > 0 && total("single") === closed
      ? ["every operating cycle is a single row: is the pause that ends one shorter than the time between rows?"]
      : []),
  ];
}
