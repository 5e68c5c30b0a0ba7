/** A way to make another fleet of a fleet: the rows that may be anything are deleted, or say something else. */
import type { Fleet } from "../core/fleet.ts";
import type { TimeKind } from "../core/time.ts";
import type { Reach } from "../features/feature.ts";
import { type Change, changeRows } from "./change-rows.ts";
import { dropRows } from "./drop-rows.ts";
import { ownersOf, type PickedRows, pick } from "./picked-rows.ts";
import { type Known, unknownRows } from "./unknown-rows.ts";

export interface Perturbation {
  /** All rows that may be anything. */
  picked: readonly PickedRows[];
  /** How rows are changed; undefined where they are deleted. */
  change?: Change;
}

/** The fleet with some of the rows picked perturbed; all of them by default. */
export function perturbed(fleet: Fleet, { picked, change }: Perturbation, some = picked): Fleet {
  return change === undefined ? dropRows(fleet, some) : changeRows(fleet, some, change);
}

/** The first and the last instant of a fleet's telemetry and events. */
export function spanOf({ telemetry, events }: Fleet): readonly [first: number, last: number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { time } of [...telemetry, ...Object.values(events)]) {
    for (const instant of time) {
      first = Math.min(first, instant);
      last = Math.max(last, instant);
    }
  }
  return [first, last];
}

/** What is not known is deleted, and changed to something else that is not known. */
export function perturbUnknown(
  fleet: Fleet,
  known: Known,
  seed: number,
): [dropped: Perturbation, changed: Perturbation] {
  const picked = unknownRows(fleet, known);
  const [first, last] = spanOf(fleet);
  const moved: Change["moved"] = (machine, outcome, share) => {
    const until = machine < 0 ? Number.NEGATIVE_INFINITY : known.until[machine];
    if (until === Number.NEGATIVE_INFINITY) return first + Math.floor((last - first) * share);
    // One in four outcomes falls on the very instant at which it must not be seen yet; most of the others soon after it.
    if (outcome && known.outcomes === "before" && share < 0.25) return until;
    const rest = outcome && share >= 0.25 ? (share - 0.25) / 0.75 : share;
    const span = Math.max(1, last - until, Math.floor((last - first) / 10));
    return until + stepOf(fleet.time, 1 + Math.floor(span * rest * rest * rest * rest));
  };
  return [{ picked }, { picked, change: { seed, missing: true, moved } }];
}

/** A length of time that is easy to read: whole seconds, if it is that long. */
export function stepOf(time: TimeKind, length: number): number {
  const second = 1_000_000;
  return time === "cycles" || length < second ? length : Math.floor(length / second) * second;
}

/**
 * What lies before the reach of a column at an instant is changed. Nothing is deleted and no reading goes missing: that the telemetry
 * reaches back to an anchor may count.
 */
export function perturbBefore(fleet: Fleet, reach: Reach, instant: number, seed: number): Perturbation {
  const start = fleet.machines.map((_, machine) => ({
    window: reach.window === undefined ? Number.NEGATIVE_INFINITY : instant - reach.window,
    anchor: reach.since === undefined ? Number.NEGATIVE_INFINITY : lastVisible(fleet, reach.since, machine, instant),
  }));
  const [first] = spanOf(fleet);
  const before = (machine: number, time: number) => time <= start[machine].window || time < start[machine].anchor;
  const tables = [
    ...fleet.telemetry.map((table) => ({ part: "telemetry" as const, name: table.name, table })),
    ...Object.entries(fleet.events).map(([name, table]) => ({ part: "events" as const, name, table })),
  ];
  const picked = tables.map(({ part, name, table: { time, offsets } }): PickedRows => {
    const owner = ownersOf(offsets);
    return { part, table: name, rows: pick(time.length, (row) => before(owner[row], time[row])) };
  });
  const moved: Change["moved"] = (machine, _outcome, share) => {
    const latest = Math.max(start[machine].window, start[machine].anchor - 1);
    return latest - Math.floor(Math.max(1, latest - first) * share * share);
  };
  return { picked: picked.filter(({ rows }) => rows.length > 0), change: { seed, missing: false, moved } };
}

/** The instant of a machine's last visible record; -Infinity where there is none. */
function lastVisible(
  fleet: Fleet,
  { table, kind }: NonNullable<Reach["since"]>,
  machine: number,
  instant: number,
): number {
  const { offsets, time, knownAt, kinds, kind: kindOf, outcome } = fleet.events[table];
  for (let row = offsets[machine + 1] - 1; row >= offsets[machine]; row--) {
    const seenAt = Math.max(time[row], knownAt[row]);
    const visible = outcome ? seenAt < instant : seenAt <= instant;
    if (visible && (kind === undefined || kinds[kindOf[row]] === kind)) return time[row];
  }
  return Number.NEGATIVE_INFINITY;
}
