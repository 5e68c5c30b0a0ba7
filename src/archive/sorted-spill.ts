/** Rows that wait in files, a file a bucket, until their bucket is sorted. */
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ResultPart } from "./database.ts";
import { type BucketPlan, bucketRows, bucketsOfRows } from "./sorted-buckets.ts";
import { readColumn, writeColumn } from "./sorted-file.ts";
import { scatter } from "./sorted-rows.ts";

export interface Spill {
  /** The rows of a bucket, in any order: the machine's number within the bucket, then the columns. */
  parts(bucket: number): AsyncGenerator<ResultPart, void, undefined>;
  /** Removes a bucket's file. */
  remove(bucket: number): Promise<void>;
}

export interface SpillOptions {
  folder: string;
  plan: BucketPlan;
  /** How many columns a row has beside its machine. */
  width: number;
  /** How many rows of all buckets together wait in memory to be written. */
  waiting: number;
}

/**
 * Writes each row into the file of its bucket. A file holds its columns one after the other, then the machines as uint32: the places are
 * known beforehand, since the rows are counted.
 * @returns undefined when a bucket got more or less rows than were counted.
 * @throws SERVICE_STORE
 */
export async function spillRows(parts: AsyncIterable<ResultPart>, options: SpillOptions): Promise<Spill | undefined> {
  const { folder, plan, width, waiting } = options;
  const { buckets } = plan;
  const rowsOf = buckets.map(bucketRows);
  const paths = buckets.map((_, bucket) => join(folder, `bucket-${bucket}`));
  const files: FileHandle[] = [];
  try {
    for (const path of paths) files.push(await open(path, "wx"));
    const full = Math.max(LONGEST_PART, Math.floor(waiting / Math.max(1, buckets.length)));
    const complete = await writeRows(parts, { plan, width, full, rowsOf, files });
    if (!complete) return undefined;
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
  return {
    async *parts(bucket) {
      const file = await open(paths[bucket]);
      try {
        yield* readRows(file, rowsOf[bucket], width);
      } finally {
        await file.close();
      }
    },
    remove: (bucket) => rm(paths[bucket]),
  };
}

/** DuckDB's parts have 2,048 rows at most. */
const LONGEST_PART = 2048;
/** For how many rows of a bucket there is room at least. */
export const LEAST_WAITING = 2 * LONGEST_PART;
const ROWS_A_READ = 1 << 16;

interface Writing {
  plan: BucketPlan;
  width: number;
  /** From how many waiting rows on a bucket is written. */
  full: number;
  rowsOf: readonly number[];
  files: readonly FileHandle[];
}

async function writeRows(
  parts: AsyncIterable<ResultPart>,
  { plan, width, full, rowsOf, files }: Writing,
): Promise<boolean> {
  // Each bucket has the same room in each column; a part that fills it up still finds room.
  const room = full + LONGEST_PART;
  const columns = Array.from({ length: width }, () => new Float64Array(files.length * room));
  const machines = new Uint32Array(files.length * room);
  const waiting = new Uint32Array(files.length);
  const written = files.map(() => 0);
  const places = new Uint32Array(LONGEST_PART);
  const flush = async (bucket: number) => {
    const rows = waiting[bucket];
    const [from, to] = [bucket * room, bucket * room + rows];
    const first = written[bucket];
    written[bucket] += rows;
    waiting[bucket] = 0;
    const all = rowsOf[bucket];
    for (const [i, column] of columns.entries()) {
      await writeColumn(files[bucket], column.subarray(from, to), (i * all + first) * 8);
    }
    await writeColumn(files[bucket], machines.subarray(from, to), width * all * 8 + first * 4);
  };
  for await (const part of parts) {
    const [machine, ...values] = part.columns;
    bucketsOfRows(plan, machine, values[0], part.rows, places);
    for (let row = 0; row < part.rows; row++) {
      const bucket = places[row];
      const place = bucket * room + waiting[bucket]++;
      machines[place] = machine[row] - plan.buckets[bucket].from;
      places[row] = place;
    }
    for (const [i, column] of columns.entries()) scatter(values[i], places, part.rows, column);
    for (let bucket = 0; bucket < files.length; bucket++) {
      if (waiting[bucket] >= full) await flush(bucket);
    }
  }
  for (let bucket = 0; bucket < files.length; bucket++) await flush(bucket);
  return written.every((rows, bucket) => rows === rowsOf[bucket]);
}

async function* readRows(file: FileHandle, rows: number, width: number): AsyncGenerator<ResultPart> {
  const columns = Array.from({ length: width }, () => new Float64Array(Math.min(rows, ROWS_A_READ)));
  const machines = new Uint32Array(Math.min(rows, ROWS_A_READ));
  for (let first = 0; first < rows; first += ROWS_A_READ) {
    const count = Math.min(ROWS_A_READ, rows - first);
    for (const [i, column] of columns.entries())
      await readColumn(file, column.subarray(0, count), (i * rows + first) * 8);
    await readColumn(file, machines.subarray(0, count), width * rows * 8 + first * 4);
    yield { rows: count, columns: [machines, ...columns] };
  }
}
