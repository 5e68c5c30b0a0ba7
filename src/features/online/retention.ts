/** Which rows of a machine no cutoff can reach any more. */
import type { FeaturePlan } from "../plan.ts";
import { planEach } from "../plan.ts";
import type { EventLists } from "./event-lists.ts";
import type { MachineState } from "./machine-state.ts";
import type { RowStore } from "./row-store.ts";
import type { ReadingTable } from "./sources.ts";

/** How far back the features read rows of one kind: from the earliest of these on. */
export interface Reach {
  /** The longest window, in the fleet's time unit. */
  window: number;
  /** The longest window in rows: of cycles, in a table that has one row a cycle. */
  counted: number;
  /** The lists of events whose last visible one is an anchor. */
  since: readonly number[];
  /** Some feature may read all that there is. */
  all: boolean;
}

export interface Retention {
  /** One a source. */
  tables: readonly Reach[];
  /** By table of events. */
  events: ReadonlyMap<string, Reach>;
}

/** What the plan's columns reach, from what they say of themselves. Lists of anchors are added where there are none yet. */
export function retentionOf(plan: FeaturePlan, sources: readonly ReadingTable[], lists: EventLists): Retention {
  const wanted = new Set(plan.rawNames);
  const columns = planEach(plan.specs, plan)
    .flatMap((feature) => feature.columns)
    .filter(({ name }) => wanted.has(name))
    .map(({ reads, reach }) => ({ reads, reach: reach?.overCycles === undefined ? reach : reach.overCycles.own }));
  for (const { reach } of columns) if (reach?.since !== undefined) lists.number(reach.since.table, reach.since.kind);
  const reachOf = (reads: (read: (typeof columns)[number]["reads"][number]) => boolean): Reach => {
    let window = 0;
    let counted = 0;
    let all = false;
    const since = new Set<number>();
    for (const column of columns) {
      if (!column.reads.some(reads)) continue;
      const { reach } = column;
      if (reach?.window !== undefined && reach.counted) counted = Math.max(counted, Math.ceil(reach.window));
      else if (reach?.window !== undefined) window = Math.max(window, reach.window);
      else if (reach?.since !== undefined) since.add(lists.number(reach.since.table, reach.since.kind));
      else all = true;
    }
    return { window, counted, since: [...since], all };
  };
  return {
    tables: sources.map(({ sensors, kind }) =>
      reachOf((read) => "sensor" in read && (kind === "coverage" || sensors.includes(read.sensor))),
    ),
    events: new Map(
      Object.keys(plan.schema.events).map((table) => [
        table,
        reachOf((read) => "table" in read && read.table === table),
      ]),
    ),
  };
}

/**
 * The instant from which on a machine's readings are kept for cutoffs from `frontier` on.
 * Those are the rows that windows reach, and those since an anchor.
 */
export function readingsFrom(reach: Reach, machine: MachineState, events: RowStore, frontier: number): number {
  if (reach.all) return Number.NEGATIVE_INFINITY;
  let from = frontier - reach.window;
  for (const list of reach.since) from = Math.min(from, anchorFrom(list, machine, events, frontier).from);
  return from;
}

/** The same for a list of events, the last one that every such cutoff sees included. */
export function eventsFrom(
  reach: Reach,
  list: number,
  machine: MachineState,
  events: RowStore,
  frontier: number,
): number {
  if (reach.all) return Number.NEGATIVE_INFINITY;
  let from = Math.min(frontier - reach.window, anchorFrom(list, machine, events, frontier).from);
  for (const other of reach.since) {
    const anchor = anchorFrom(other, machine, events, frontier);
    // Whoever counts from no anchor may count from the beginning.
    from = Math.min(from, anchor.settled ? anchor.from : Number.NEGATIVE_INFINITY);
  }
  return from;
}

/** The earliest instant that can be the anchor of a cutoff from `frontier` on; settled where each of them sees one. */
function anchorFrom(
  list: number,
  { events: regions }: MachineState,
  { columns: [time, seenAt] }: RowStore,
  frontier: number,
): { from: number; settled: boolean } {
  const region = regions[list];
  if (region === undefined || region.past === region.first) return { from: frontier, settled: false };
  for (let row = region.past - 1; row >= region.first; row--)
    if (seenAt[row] < frontier) return { from: time[row], settled: true };
  return { from: Math.min(frontier, time[region.first]), settled: false };
}
