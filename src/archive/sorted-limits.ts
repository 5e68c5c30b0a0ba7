/** What DuckDB says when it comes to the end of its memory or of the disk that it spills to, in words that say what would be enough. */
import { ForewarnError } from "../core/errors.ts";
import { amountOf } from "./sorted-memory.ts";

/** The limits that a database was opened with. */
export interface DatabaseLimits {
  /** The folder that it spills into. */
  spill: string;
  /** The bytes that it may hold in memory, where that is said. */
  memory?: number;
}

/** An error of ours for a limit that was hit; any other error as it is. */
export function limitError(error: unknown, { spill, memory }: DatabaseLimits): unknown {
  if (!(error instanceof Error) || error instanceof ForewarnError) return error;
  if (/max_temp_directory_size|No space left on device|File too large|Disk quota exceeded/.test(error.message)) {
    const used = /\(([\d.]+ \w+)\/[\d.]+ \w+ used\)/.exec(error.message)?.[1];
    return new ForewarnError("SERVICE_DISK_FULL", {
      problem: "the disk has too little room for rows that are read and not yet sorted",
      expected: "room for eight times the CSV files at most",
      found: used === undefined ? "less" : `${used}, and they are used up`,
      where: spill,
      hint: "free some space, name a folder on another disk (TMPDIR for loadFleet), or write the archive as Parquet, which needs none",
      cause: error,
    });
  }
  if (!error.message.startsWith("Out of Memory Error")) return error;
  return new ForewarnError("DATA_MEMORY", {
    problem: "the database needs more memory than it may take",
    expected: memory === undefined ? "less than the machine has" : `at most ${amountOf(memory)}`,
    found: /failed to \w+ \w+ of size ([\d.]+ \w+)/.exec(error.message)?.[1]?.concat(" more"),
    hint: "set memory to twice as much, or write Parquet files with smaller row groups",
    cause: error,
  });
}
