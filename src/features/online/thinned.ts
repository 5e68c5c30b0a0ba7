/** Drops the readings of a machine that no cutoff can reach any more. */
import type { Region, RowStore } from "./row-store.ts";

interface Kept {
  /** Rows from this instant on stay. */
  from: number;
  /** The earliest cutoff that can be asked for. */
  frontier: number;
  /** Of the rows that each cutoff knows, so many of the last stay, whenever they were. */
  counted: number;
  /** What is counted since an anchor also asks whether anything was known by then: each sensor's last known reading stays too. */
  anchored: boolean;
}

export function thinned(store: RowStore, region: Region, { from, frontier, counted, anchored }: Kept): void {
  const first = Math.min(store.find(region, from), lastKnown(store, region, frontier, counted));
  let kept = first;
  if (anchored) {
    const [, knownAt, ...sensors] = store.columns;
    const found = new Set<number>();
    for (let row = first - 1; row >= region.first; row--) {
      let stays = false;
      for (let sensor = 0; sensor < sensors.length; sensor++) {
        if (Number.isNaN(sensors[sensor][row]) || found.has(sensor)) continue;
        stays = true;
        // A reading that is not known yet says nothing at the first of the cutoffs.
        if (knownAt[row] <= frontier) found.add(sensor);
      }
      if (stays) store.move(row, row + 1, --kept);
    }
  }
  region.first = kept;
}

/** The first of the last rows of a number that are known at an instant; the region's first where there are fewer. */
function lastKnown({ columns: [, knownAt] }: RowStore, { first, past }: Region, instant: number, rows: number): number {
  if (rows === 0) return past;
  let row = past;
  for (let found = 0; row > first && found < rows; row--) if (knownAt[row - 1] <= instant) found++;
  return row;
}
