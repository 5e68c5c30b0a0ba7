/** Drops the readings of a machine that no cutoff can reach any more. */
import type { Region, RowStore } from "./row-store.ts";

interface Kept {
  /** Rows from this instant on stay. */
  from: number;
  /** The earliest cutoff that can be asked for. */
  frontier: number;
  /** What is counted since an anchor also asks whether anything was known by then: each sensor's last known reading stays too. */
  anchored: boolean;
}

export function thinned(store: RowStore, region: Region, { from, frontier, anchored }: Kept): void {
  const first = store.find(region, from);
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
