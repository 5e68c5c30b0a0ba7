/** How much memory a load may take, and the error that says how much would be enough. */
import { totalmem } from "node:os";
import { ForewarnError } from "../core/errors.ts";
import { TIME_BINS } from "./sorted-buckets.ts";

const units: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** The bytes of "512MB" or "2GB". @throws USAGE_MEMORY */
export function memoryBytes(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?([KMGT]B)$/.exec(String(text).trim()) ?? [];
  const bytes = Math.floor(Number(amount) * units[unit]);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new ForewarnError("USAGE_MEMORY", {
    problem: "an amount of memory cannot be read",
    expected: 'an amount such as "512MB" or "2GB"',
    found: JSON.stringify(text) ?? typeof text,
  });
}

/** @throws USAGE_ROWS_AT_ONCE unless it is left out or a whole number from 1 on */
export function checkRowsAtOnce(rowsAtOnce: number | undefined): void {
  if (rowsAtOnce === undefined || (Number.isSafeInteger(rowsAtOnce) && rowsAtOnce >= 1)) return;
  throw new ForewarnError("USAGE_ROWS_AT_ONCE", {
    problem: "so many rows cannot be sorted at once",
    expected: "a whole number from 1 on",
    found: String(rowsAtOnce),
    hint: "leave rowsAtOnce out: the memory says how many",
  });
}

/** Four fifths of the memory that the machine, or the container that the process runs in, has. */
export function usualMemory(): number {
  const constrained = process.constrainedMemory();
  return Math.floor(0.8 * (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()));
}

/** @throws DATA_MEMORY when more is needed than there may be. */
export function checkMemory(needed: number, limit: number, forWhat: string): void {
  if (needed <= limit) return;
  throw new ForewarnError("DATA_MEMORY", {
    problem: `${forWhat} need more memory than they may take`,
    expected: `at most ${amountOf(limit)}`,
    found: amountOf(needed),
    hint: `set memory: "${enough(needed)}" or more`,
  });
}

/** What a process of that much memory gives to each part of the work, in bytes. */
export interface MemoryShares {
  database: number;
  /** Rows while they are sorted. */
  bucket: number;
  /** Rows that wait to be written. */
  waiting: number;
}

/** Node itself, code, and what both halves of the work leave to the collector of garbage. */
const RESERVED = 256e6;
const LEAST = 512e6;

/** @throws DATA_MEMORY when it is too little for any archive */
export function memoryShares(memory: number): MemoryShares {
  checkMemory(LEAST, memory, "Node and the database");
  const rest = memory - RESERVED;
  return { database: Math.floor(rest / 2), bucket: Math.floor(rest / 4), waiting: Math.floor(rest / 8) };
}

/** An error for rows that must be sorted at once, since they are of one machine and of nearly one time, and are too many. */
export function bucketTooLarge(
  rows: number,
  bytes: number,
  machine: string,
  rowsAtOnce: number | undefined,
): ForewarnError {
  const hint =
    rowsAtOnce === undefined
      ? `set memory: "${enough(RESERVED + 4 * bytes)}" or more`
      : `set rowsAtOnce: ${rows} or more`;
  return new ForewarnError("DATA_MEMORY", {
    problem: "rows that cannot be parted need more memory than they may take",
    expected: rowsAtOnce === undefined ? "fewer" : `at most ${rowsAtOnce} rows`,
    found: `${rows} rows of machine \`${machine}\` within a ${TIME_BINS}th of its time`,
    hint,
  });
}

export interface WaitingRows {
  buckets: number;
  /** The bytes that wait for a bucket at least. */
  each: number;
  /** The bytes of all rows while they are sorted. */
  all: number;
  /** The bytes that may wait. */
  waiting: number;
  rowsAtOnce: number | undefined;
}

/** Rows wait for each bucket apart, so that many small buckets take more memory than few large ones. @throws DATA_MEMORY when there are too many */
export function checkWaiting({ buckets, each, all, waiting, rowsAtOnce }: WaitingRows): void {
  if (buckets * each <= waiting) return;
  // With more memory buckets are larger, and fewer: of what is not reserved, a quarter is sorted at once, of which at least half is filled.
  const rest = rowsAtOnce === undefined ? Math.sqrt(8 * 4 * 2 * all * each) : 8 * buckets * each;
  checkMemory(RESERVED + rest, RESERVED + 8 * waiting, `the rows that wait for ${buckets} buckets`);
}

/** "3.9 GB", rounded up. */
export function amountOf(bytes: number): string {
  const unit = Object.keys(units).findLast((name) => bytes >= units[name]) ?? "KB";
  const tenths = Math.ceil((bytes / units[unit]) * 10);
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} ${unit}`;
}

/** As it is written in an option. */
function enough(bytes: number): string {
  return amountOf(bytes).replace(" ", "");
}
