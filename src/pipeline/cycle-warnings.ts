/** What in a pipeline's operating cycles is likely not meant, one sentence each. */
import type { Fleet } from "../core/fleet.ts";
import { durationName } from "../core/time.ts";
import { closedCycles } from "../features/cycles/closed-cycles.ts";
import { cycleRule, type OperatingCycles } from "../features/cycles/operating-cycles.ts";

/** Rows that no cycle waits for, and cycles that are hardly any. */
export function cycleWarnings(fleet: Fleet, cycles: OperatingCycles | undefined): string[] {
  if (cycles === undefined) return [];
  const { late } = cycleRule(cycles);
  const { end, rows } = closedCycles(fleet, cycles);
  let all = 0;
  let tooLate = 0;
  for (const { time, knownAt } of fleet.telemetry) {
    all += time.length;
    if (knownAt !== time) tooLate += knownAt.reduce((sum, known, row) => sum + (known - time[row] > late ? 1 : 0), 0);
  }
  const waits = late === 0 ? "cycles wait for no late row" : `cycles wait ${durationName(late, "timestamp")}`;
  return [
    ...(tooLate === 0
      ? []
      : [
          `${tooLate} of ${all} telemetry rows become known too late for their operating cycle (${waits}): give \`late\``,
        ]),
    ...(end.length === 0 ? ["no operating cycle is closed: is the pause that ends one longer than any there is?"] : []),
    ...(end.length > 0 && rows.every((count) => count === 1)
      ? ["every operating cycle is a single row: is the pause that ends one shorter than the time between rows?"]
      : []),
  ];
}
