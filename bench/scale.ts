/** A fleet on disk, ten times larger each time: sorted, featurized a group of machines at a time, and written as part files. */
import { join } from "node:path";
import type { ArchiveInput } from "./archive/archive-input.ts";
import { makeArchive, sensors } from "./archive/make-archive.ts";
import type { Bench, PreparedWork } from "./harness/bench.ts";

export const bench: Bench = {
  about:
    "8.76 M and 87.6 M rows in 100 Parquet files to 32 features in part files, in 1.5 GB of memory: time ratio and peak",
  runs: 1,
  async prepare({ folder, rows = 87_600_000 }) {
    const works: PreparedWork[] = [];
    for (const each of [rows / 10, rows]) {
      const { folder: made, ...work } = await makeArchive(folder, each);
      const input: ArchiveInput = { folder: made, sensors, scratch: join(folder, `scale-${each}`) };
      const ours = { script: "scale/featurize.ts", input };
      works.push({ name: String(each), work, ours, peers: {}, ...(each === rows && { moreOf: String(rows / 10) }) });
    }
    return works;
  },
};
