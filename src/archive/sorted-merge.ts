/** Sorts the rows of each bucket in memory and appends them to the files of the columns. */
import type { Telemetry } from "../core/fleet.ts";
import { type BucketPlan, bucketRows } from "./sorted-buckets.ts";
import { type ColumnWriter, columnWriter } from "./sorted-file.ts";
import { rowSorter } from "./sorted-order.ts";
import { machineOfRow, mostRows, placeRows, sortMachines } from "./sorted-rows.ts";
import type { Spill } from "./sorted-spill.ts";

export interface MergeOptions {
  /** The files of the columns, the time first. */
  paths: readonly string[];
  machines: number;
  /** Called every now and then; what it throws ends the work. */
  check: () => void;
  /** Called with the number of rows of each bucket that is done. */
  onRows: (rows: number) => void;
}

export interface MergedBuckets {
  /** SHA-256 of each column's file, in lower-case hexadecimal. */
  hashes: readonly string[];
  /** The last row of each machine. */
  ends: Pick<Telemetry, "offsets" | "time">;
}

/** A machine that has two rows at one time. */
export interface RepeatedTime {
  repeated: number;
  time: number;
}

/** @throws SERVICE_STORE */
export async function sortBuckets(
  spill: Spill,
  { buckets }: BucketPlan,
  { paths, machines, check, onRows }: MergeOptions,
): Promise<MergedBuckets | RepeatedTime> {
  const largest = buckets.reduce((most, bucket) => Math.max(most, bucketRows(bucket)), 0);
  const longest = buckets.reduce((most, { offsets }) => Math.max(most, mostRows(offsets)), 0);
  // The same memory serves all buckets.
  const room = paths.map(() => new Float64Array(largest));
  const sorter = rowSorter(longest);
  const last = new Float64Array(machines).fill(Number.NaN);
  const writers: ColumnWriter[] = [];
  try {
    for (const path of paths) writers.push(await columnWriter(path));
    for (const [number, bucket] of buckets.entries()) {
      const rows = bucketRows(bucket);
      const columns = room.map((column) => column.subarray(0, rows));
      await placeRows(spill.parts(number), bucket.offsets, columns);
      await spill.remove(number);
      const row = await sortMachines(columns, bucket.offsets, sorter, check);
      const [time] = columns;
      if (row !== -1) return { repeated: bucket.from + machineOfRow(bucket.offsets, row), time: time[row] };
      for (let machine = bucket.from; machine < bucket.to; machine++) {
        const end = bucket.offsets[machine - bucket.from + 1];
        if (end > bucket.offsets[machine - bucket.from]) last[machine] = time[end - 1];
      }
      await Promise.all(writers.map((writer, i) => writer.append(columns[i])));
      check();
      onRows(rows);
    }
    return { hashes: await Promise.all(writers.map((writer) => writer.finish())), ends: lastRows(last) };
  } finally {
    await Promise.all(writers.map((writer) => writer.close()));
  }
}

/** The last rows as telemetry of at most one row a machine. */
function lastRows(last: Float64Array): MergedBuckets["ends"] {
  const offsets = new Uint32Array(last.length + 1);
  for (let machine = 0; machine < last.length; machine++) {
    offsets[machine + 1] = offsets[machine] + (Number.isNaN(last[machine]) ? 0 : 1);
  }
  return { offsets, time: last.filter((time) => !Number.isNaN(time)) };
}
