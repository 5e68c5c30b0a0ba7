/** How rows that are too many for memory are parted: by ranges of machines, and by ranges of time where one machine alone has too many. */

export interface Bucket {
  /** Its machines, from (included) to (excluded). */
  from: number;
  to: number;
  /** Where each of its machines' rows begin; one more than it has machines. */
  offsets: Uint32Array;
}

/** How many rows a bucket has. */
export function bucketRows({ offsets }: Bucket): number {
  return offsets[offsets.length - 1];
}

/** How many rows of a machine lie in each of many ranges of time of one length. */
export interface TimeBins {
  /** Where the first range begins. */
  least: number;
  width: number;
  rows: Float64Array;
}

/** A machine whose rows go into several buckets, by time. */
interface SplitMachine {
  least: number;
  width: number;
  /** The bucket of each range of time. */
  ofBin: Uint32Array;
}

export interface BucketPlan {
  /** In the order of their rows. */
  buckets: readonly Bucket[];
  /** The bucket of each machine; of one that is split, its first. */
  ofMachine: Uint32Array;
  split: ReadonlyMap<number, SplitMachine>;
}

/** How many ranges of time the rows of a machine are counted in. */
export const TIME_BINS = 4096;

/**
 * Parts the rows into buckets of at most `most` rows. A machine with more needs its `bins`; a range of time with more is a bucket of its
 * own, and larger.
 * @param offsets where each machine's rows begin; one more than there are machines.
 */
export function planBuckets(offsets: Uint32Array, most: number, bins: ReadonlyMap<number, TimeBins>): BucketPlan {
  const machines = offsets.length - 1;
  const buckets: Bucket[] = [];
  const ofMachine = new Uint32Array(machines);
  const split = new Map<number, SplitMachine>();
  let from = 0;
  const close = (to: number) => {
    if (from < to) {
      ofMachine.fill(buckets.length, from, to);
      buckets.push({ from, to, offsets: offsets.slice(from, to + 1).map((row) => row - offsets[from]) });
    }
    from = to;
  };
  for (let machine = 0; machine < machines; machine++) {
    const timeBins = bins.get(machine);
    if (timeBins !== undefined) {
      close(machine);
      ofMachine[machine] = buckets.length;
      split.set(machine, splitByTime(machine, timeBins, most, buckets));
      from = machine + 1;
    } else if (offsets[machine + 1] - offsets[from] > most) close(machine);
  }
  close(machines);
  return { buckets, ofMachine, split };
}

function splitByTime(machine: number, { least, width, rows }: TimeBins, most: number, buckets: Bucket[]): SplitMachine {
  const ofBin = new Uint32Array(rows.length);
  let gathered = 0;
  const close = () => {
    if (gathered > 0) buckets.push({ from: machine, to: machine + 1, offsets: Uint32Array.of(0, gathered) });
    gathered = 0;
  };
  for (let bin = 0; bin < rows.length; bin++) {
    if (gathered + rows[bin] > most) close();
    ofBin[bin] = buckets.length;
    gathered += rows[bin];
  }
  close();
  return { least, width, ofBin };
}

/** The bucket of each row. A time is counted in its range exactly as SQL counted it: floor((time - least) / width). */
export function bucketsOfRows(
  { ofMachine, split }: BucketPlan,
  machine: ArrayLike<number>,
  time: ArrayLike<number>,
  rows: number,
  to: Uint32Array,
): void {
  for (let row = 0; row < rows; row++) to[row] = ofMachine[machine[row]];
  if (split.size === 0) return;
  for (let row = 0; row < rows; row++) {
    const parts = split.get(machine[row]);
    if (parts !== undefined) to[row] = parts.ofBin[Math.floor((time[row] - parts.least) / parts.width)];
  }
}
