/** One telemetry table to files of sorted columns: its rows are parted into buckets on disk, and each bucket is sorted in memory. */
import type { Telemetry } from "../core/fleet.ts";
import { systemCode } from "../stores/system-code.ts";
import type { ResultPart } from "./database.ts";
import type { TelemetryTable } from "./read-telemetry.ts";
import { type BucketPlan, bucketRows, planBuckets } from "./sorted-buckets.ts";
import { checkSpace, diskFull } from "./sorted-disk.ts";
import { bucketTooLarge, checkWaiting } from "./sorted-memory.ts";
import { sortBuckets } from "./sorted-merge.ts";
import { LEAST_WAITING, spillRows } from "./sorted-spill.ts";
import {
  repeatedRow,
  rowsChanged,
  telemetryBins,
  telemetryOffsets,
  telemetrySql,
  telemetryWidth,
} from "./sorted-telemetry.ts";
import { dropTable, type LoadContext } from "./table.ts";

export interface TableTarget {
  /** A folder for the rows that wait for their bucket to be sorted. */
  spill: string;
  /** The files of the columns. */
  paths: readonly string[];
  /** How many rows are sorted at once. Default: what fits into `bucket`. */
  rowsAtOnce?: number;
  /** The bytes that the rows of a bucket may take while they are sorted. */
  bucket: number;
  /** The bytes that rows may take which wait to be written. */
  waiting: number;
  /** Rows parted and rows sorted, of twice the rows. */
  onProgress?: (done: number, total: number) => void;
}

export interface SortedTableFiles {
  /** Where each machine's rows begin; one more than there are machines. */
  offsets: Uint32Array;
  /** The last row of each machine. */
  ends: Pick<Telemetry, "offsets" | "time">;
  /** SHA-256 of each column's file, in lower-case hexadecimal. */
  hashes: readonly string[];
}

/** @throws DATA_DUPLICATE, DATA_CHANGED, DATA_MEMORY, SERVICE_DISK_FULL, SERVICE_STORE */
export async function sortTable(
  context: LoadContext,
  table: TelemetryTable,
  machines: readonly string[],
  target: TableTarget,
): Promise<SortedTableFiles> {
  const { database } = context;
  const width = telemetryWidth(table);
  const offsets = await telemetryOffsets(context, table, machines.length);
  const plan = await planTable(context, table, machines, offsets, target);
  const rows = offsets[machines.length];
  const largest = plan.buckets.reduce((most, bucket) => Math.max(most, bucketRows(bucket)), 0);
  const space = rows * waitingBytes(width) + largest * width * 8;
  await checkSpace(target.spill, space);

  let done = 0;
  const onRows = (more: number) => {
    done += more;
    target.onProgress?.(done, 2 * rows);
  };
  try {
    const spill = await spillRows(counted(database.parts(telemetrySql(table)), onRows), {
      folder: target.spill,
      plan,
      width,
      waiting: Math.floor(target.waiting / waitingBytes(width)),
    });
    if (spill === undefined) throw rowsChanged(table);
    const sorted = await sortBuckets(spill, plan, {
      ...target,
      machines: machines.length,
      check: database.check,
      onRows,
    });
    if ("repeated" in sorted) throw await repeatedRow(context, table, machines[sorted.repeated], sorted.time);
    await dropTable(context, table);
    return { offsets, ...sorted };
  } catch (error) {
    throw ["ENOSPC", "EDQUOT"].includes(systemCode(error) ?? "") ? diskFull(space, target.spill, error) : error;
  }
}

/** The bytes of a row that waits: its columns and its machine. */
function waitingBytes(width: number): number {
  return width * 8 + 4;
}

/** The bytes of a row while it is sorted: its columns, and what the sorter needs. */
function sortingBytes(width: number): number {
  return width * 8 + 24;
}

async function planTable(
  context: LoadContext,
  table: TelemetryTable,
  machines: readonly string[],
  offsets: Uint32Array,
  { rowsAtOnce, bucket, waiting }: TableTarget,
): Promise<BucketPlan> {
  const width = telemetryWidth(table);
  const rowBytes = sortingBytes(width);
  const most = rowsAtOnce ?? Math.max(1, Math.floor(bucket / rowBytes));
  const large = [...machines.keys()].filter((machine) => offsets[machine + 1] - offsets[machine] > most);
  const bins = await telemetryBins(context, table, large);
  const plan = planBuckets(offsets, most, bins);
  const each = LEAST_WAITING * waitingBytes(width);
  checkWaiting({ buckets: plan.buckets.length, each, all: offsets[machines.length] * rowBytes, waiting, rowsAtOnce });
  for (const one of plan.buckets) {
    const rows = bucketRows(one);
    if (rows > most) throw bucketTooLarge(rows, rows * rowBytes, machines[one.from], rowsAtOnce);
  }
  return plan;
}

async function* counted(parts: AsyncIterable<ResultPart>, onRows: (rows: number) => void): AsyncGenerator<ResultPart> {
  for await (const part of parts) {
    yield part;
    onRows(part.rows);
  }
}
