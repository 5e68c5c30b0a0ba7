/** Tries the labels at one instant: one that says it looks no further than before it may not depend on what became known from then on. */
import { takeCutoffs } from "../core/matrix.ts";
import { CENSORED, type Labels } from "../labels/labels.ts";
import { describeCause } from "./cause.ts";
import type { PerturbedFleet } from "./check-features.ts";
import { findCause } from "./find-cause.ts";
import type { LabelLeak } from "./leak.ts";
import { perturbed } from "./perturbation.ts";
import type { PickedRows } from "./picked-rows.ts";
import type { LeakSubject } from "./subject.ts";

/** The rows whose labels end nearest before an instant are those that would show it. */
const MOST_ROWS = 500;

export interface LabelFindings {
  /** Labels compared. */
  compared: number;
  /** The first leak found; one says it all. */
  leak?: LabelLeak;
}

/** The rows with a known label, by the end of it. */
export function rowsByLabelEnd({ state, end }: Labels): Uint32Array {
  return Uint32Array.from(end.keys())
    .filter((row) => state[row] !== CENSORED)
    .sort((a, b) => end[a] - end[b] || a - b);
}

export async function tryLabels(
  subject: LeakSubject,
  base: Labels,
  { instant, byEnd, unknown }: { instant: number; byEnd: Uint32Array; unknown: readonly PerturbedFleet[] },
  found: LabelFindings,
): Promise<void> {
  const firstOpen = byEnd.findIndex((row) => base.end[row] >= instant);
  const past = firstOpen < 0 ? byEnd.length : firstOpen;
  const rows = byEnd.slice(Math.max(0, past - MOST_ROWS), past).sort();
  for (const other of unknown) {
    if (rows.length === 0 || found.leak !== undefined) return;
    found.compared += rows.length;
    const at = firstMoved(base, rows, subject.labels(other.fleet, takeCutoffs(subject.cutoffs, rows)));
    if (at >= 0) found.leak = await explain(subject, base, other, rows[at]);
  }
}

async function explain(subject: LeakSubject, base: Labels, other: PerturbedFleet, row: number): Promise<LabelLeak> {
  const { fleet, cutoffs, labels } = subject;
  const one = Uint32Array.of(row);
  const labelled = (some: readonly PickedRows[]) => labels(perturbed(fleet, other, some), takeCutoffs(cutoffs, one));
  const cause = await findCause(other.picked, async (some) => firstMoved(base, one, labelled(some)) === 0);
  return {
    leak: "label",
    machine: cutoffs.machines[cutoffs.machine[row]],
    cutoff: cutoffs.cutoff[row],
    end: base.end[row],
    values: [base.value[row], labelled(cause).value[0]],
    cause: describeCause(fleet, other, cause),
  };
}

/** A known label that becomes another known one: whether a row is censored may still depend on whether observation goes on. */
function firstMoved(base: Labels, rows: Uint32Array, other: Labels): number {
  return rows.findIndex((row, i) => other.state[i] !== CENSORED && !Object.is(other.value[i], base.value[row]));
}
