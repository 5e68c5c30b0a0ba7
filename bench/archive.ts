/** 8.76 million unsorted rows in 100 Parquet files to sorted columns in memory. */
import { prepareArchive } from "./archive/archive-bench.ts";
import type { Bench } from "./harness/bench.ts";

export const bench: Bench = {
  about: "8.76 M unsorted rows in 100 Parquet files to sorted columns in memory",
  runs: 5,
  prepare: ({ folder, rows = 8_760_000 }) => prepareArchive("archive/load.ts", folder, rows),
};
