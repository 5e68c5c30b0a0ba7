/** How large the groups are that are computed at a time. */

export interface GroupLimits {
  /** Machines are put together up to so many bytes. */
  usual: number;
  /** A machine that takes more is cut into pieces where these take hardly more than it does as a whole. */
  piece: number;
  /** How much more, as a factor: where halves reach back over much the same telemetry, a machine is better left whole. */
  overlap: number;
  /** A machine that takes more is cut in any case. */
  most: number;
}

/** Small enough to stay in the cache, large enough that laying out costs next to nothing. */
const USUAL = 4 * 2 ** 20;
const PIECE = 32 * 2 ** 20;
const OVERLAP = 1.25;

/** How many groups are in memory at once: one of this thread, and of each other one that is computed and one that waits. */
export function groupsAtOnce(threads: number): number {
  return 2 * threads - 1;
}

/** @param bytes how much all groups may take that are in memory at once */
export function groupLimits(threads: number, bytes: number): GroupLimits {
  const most = Math.floor(bytes / groupsAtOnce(threads));
  return { usual: Math.min(USUAL, most), piece: Math.min(PIECE, most), overlap: OVERLAP, most };
}
