/** 87.6 million unsorted rows to sorted columns on disk: what counts is the peak memory. */
import { prepareArchive } from "./archive/archive-bench.ts";
import type { Bench } from "./harness/bench.ts";

export const bench: Bench = {
  about: "87.6 M unsorted rows in 100 Parquet files to sorted columns on disk, in 2 GB of memory",
  runs: 1,
  prepare: ({ folder, rows = 87_600_000 }) => prepareArchive("archive/sort.ts", folder, rows),
};
