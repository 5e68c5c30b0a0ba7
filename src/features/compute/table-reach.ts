/** Which rows of a machine's telemetry the features of some of its cutoffs can read. */
import { firstIndex } from "../../core/first-index.ts";
import type { Events, Fleet, Telemetry } from "../../core/fleet.ts";
import type { Reach } from "../feature.ts";
import { type FeaturePlan, planEach } from "../plan.ts";

export interface ReachedRows {
  /** Rows from `first` (included) to `end` (excluded). */
  first: number;
  end: number;
  /** Rows before them, ascending: the readings that show that a machine's record reaches back to before an anchor. */
  before: readonly number[];
}

/** The reached rows of a table in a fleet of one machine, whose cutoffs are given, ascending. */
export type TableReach = (fleet: Fleet, table: Telemetry, cutoff: Float64Array) => ReachedRows;

/** One a telemetry table of the fleet. */
export function tableReaches(plan: FeaturePlan, fleet: Fleet): TableReach[] {
  const wanted = new Set(plan.rawNames);
  const columns = planEach(plan.specs, plan)
    .flatMap((planned) => planned.columns)
    .filter(({ name }) => wanted.has(name));
  return fleet.telemetry.map(({ sensors }) => {
    const reading = columns.flatMap(({ reads, reach }) => {
      const read = reads.flatMap((one) => ("sensor" in one && Object.hasOwn(sensors, one.sensor) ? [one.sensor] : []));
      return read.length === 0 ? [] : [{ read, reach }];
    });
    return reachOf(plan, reading);
  });
}

interface Reading {
  /** The sensors of the table that a column reads. */
  read: readonly string[];
  reach: Reach | undefined;
}

function reachOf({ schema }: FeaturePlan, columns: readonly Reading[]): TableReach {
  const windows = columns.flatMap(({ reach }) => (reach?.window === undefined ? [] : [reach.window]));
  const window = Math.max(0, ...windows);
  const unbounded = columns.some(({ reach }) => reach?.window === undefined && reach?.since === undefined);
  const anchored = columns.filter(({ reach }) => reach?.window === undefined && reach?.since !== undefined);
  const anchors = distinct(anchored.map(({ reach }) => reach?.since));
  const sensors = [...new Set(anchored.flatMap(({ read }) => read))];
  return (fleet, table, cutoff) => {
    const rows = table.time.length;
    if (cutoff.length === 0) return { first: 0, end: 0, before: [] };
    const end = firstIndex(rows, (row) => table.time[row] > cutoff[cutoff.length - 1]);
    if (unbounded) return { first: 0, end: rows, before: [] };
    let first = windows.length === 0 ? end : firstIndex(rows, (row) => table.time[row] > cutoff[0] - window);
    for (const { table: name, kind } of anchors) {
      const events = fleet.events[name];
      const anchor = events && lastVisible(events, kind, cutoff[0], schema.events[name].outcome);
      // Anchors never move back in time. Without one, what a column makes of that is its own business.
      const since = anchor === undefined ? 0 : firstIndex(rows, (row) => table.time[row] >= anchor);
      first = Math.min(first, since);
    }
    first = Math.min(first, end);
    return { first, end, before: anchors.length === 0 ? [] : witnesses(table, sensors, first) };
  };
}

/** Of each sensor the reading that was known first, of those before a row. */
function witnesses(table: Telemetry, sensors: readonly string[], until: number): number[] {
  const late = table.knownAt !== table.time;
  const found = sensors.flatMap((sensor) => {
    const values = table.sensors[sensor];
    let earliest = -1;
    for (let row = 0; row < until; row++) {
      if (Number.isNaN(values[row])) continue;
      if (earliest < 0 || table.knownAt[row] < table.knownAt[earliest]) earliest = row;
      if (!late) break;
    }
    return earliest < 0 ? [] : [earliest];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** The instant of a machine's last visible record, of a kind or of any. */
function lastVisible(events: Events, kind: string | undefined, instant: number, outcome: boolean): number | undefined {
  const code = kind === undefined ? undefined : events.kinds.indexOf(kind);
  for (let row = events.time.length - 1; row >= 0; row--) {
    if (code !== undefined && events.kind[row] !== code) continue;
    const seen = Math.max(events.time[row], events.knownAt[row]);
    if (outcome ? seen < instant : seen <= instant) return events.time[row];
  }
  return undefined;
}

function distinct(anchors: readonly Reach["since"][]) {
  const byText = new Map(anchors.flatMap((since) => (since === undefined ? [] : [[JSON.stringify(since), since]])));
  return [...byText.values()];
}
