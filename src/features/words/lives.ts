/** The lives of a component as training knows them: from new to failure, or to where they were cut off. */
import type { Events, Fleet } from "../../core/fleet.ts";
import { lifeUnit } from "../../core/time.ts";
import type { Training } from "../feature.ts";

export interface Life {
  /** Hours or cycles, above 0. */
  length: number;
  /** It ended with a failure; else it was cut off by a planned replacement or by the end of what is known. */
  failed: boolean;
}

export interface LifeTables {
  /** "" takes every kind. */
  component: string;
  /** The event table of failures. */
  failures: string;
  /** The event table of replacements. */
  maintenance?: string;
  /** A life also begins at the machine's `commissionedAt`, or at 0 for counters. */
  fromCommissioning: boolean;
}

/**
 * All lives with a known start: a replacement, or where that is asked for the commissioning. Machines without a training row
 * have none. A failure stamped at a replacement ends the life before it.
 */
export function lives(training: Training, { component, failures, maintenance, fromCommissioning }: LifeTables): Life[] {
  const { fleet, knownUntil, inclusive } = training;
  const unit = lifeUnit(fleet.time);
  const found: Life[] = [];
  for (let machine = 0; machine < fleet.machines.length; machine++) {
    const end = knownUntil[machine];
    if (end === Number.NEGATIVE_INFINITY) continue;
    const known = (table: string | undefined) =>
      table === undefined ? [] : instants(fleet.events[table], { machine, component, end, inclusive });
    const failed = known(failures);
    const starts = [...(fromCommissioning ? commissioned(fleet, machine) : []), ...known(maintenance)]
      .filter((start) => start < end)
      .sort((a, b) => a - b);
    for (const [i, start] of starts.entries()) {
      const next = starts[i + 1] ?? end;
      const failure = failed.find((instant) => instant > start && instant <= next);
      if (next > start) found.push({ length: ((failure ?? next) - start) / unit, failed: failure !== undefined });
    }
  }
  return found;
}

function commissioned({ time, machineTable }: Fleet, machine: number): number[] {
  const at = machineTable?.commissionedAt?.[machine] ?? Number.NaN;
  if (!Number.isNaN(at)) return [at];
  return time === "cycles" ? [0] : [];
}

function instants(
  table: Events | undefined,
  { machine, component, end, inclusive }: { machine: number; component: string; end: number; inclusive: boolean },
): number[] {
  if (table === undefined) return [];
  const wanted = component === "" ? undefined : table.kinds.indexOf(component);
  const found: number[] = [];
  for (let row = table.offsets[machine]; row < table.offsets[machine + 1]; row++) {
    if (wanted !== undefined && table.kind[row] !== wanted) continue;
    const seenAt = Math.max(table.time[row], table.knownAt[row]);
    if (seenAt < end || (seenAt === end && (inclusive || !table.outcome))) found.push(table.time[row]);
  }
  return found;
}
