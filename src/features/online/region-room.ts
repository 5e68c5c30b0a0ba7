/** How much room readings take. */
import type { ReadingsSnapshot } from "./rows-snapshot.ts";

/** The rows of the smallest region. */
export const SMALLEST_REGION = 16;

/** The capacity of a region for so many rows: one doubling after the other. */
export function roomOf(rows: number): number {
  let capacity = SMALLEST_REGION;
  while (capacity < rows + 2) capacity *= 2;
  return capacity;
}

/** The room that saved readings take: in all, and of one machine. */
export function roomFor(saved: ReadingsSnapshot | undefined): { rows: number; largest: number } {
  let rows = 0;
  let largest = SMALLEST_REGION;
  for (let machine = 0; machine + 1 < (saved?.offsets.length ?? 0); machine++) {
    const { offsets } = saved as ReadingsSnapshot;
    const room = roomOf(offsets[machine + 1] - offsets[machine]);
    rows += room;
    largest = Math.max(largest, room);
  }
  return { rows: Math.max(rows, 16 * SMALLEST_REGION), largest };
}
