/** The benchmark of an archive, at any number of rows. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { PreparedWork } from "../harness/bench.ts";
import type { ArchiveInput } from "./archive-input.ts";
import { makeArchive, sensors } from "./make-archive.ts";

/** What Polars held at its peak, a row, and half as much again. */
const polarsBytesPerRow = 150;

/** @param script our process: bench/archive/load.ts or bench/archive/sort.ts */
export async function prepareArchive(script: string, folder: string, rows: number): Promise<PreparedWork[]> {
  const { folder: made, ...work } = await makeArchive(folder, rows);
  const input: ArchiveInput = { folder: made, sensors, scratch: join(folder, "sorted") };
  return [
    {
      name: "archive",
      work: { ...work, sensors: sensors.length },
      ours: { script, input },
      peers: {
        polars: {
          script: "peers/archive_polars.py",
          input,
          environment: { POLARS_MAX_THREADS: String(availableParallelism()) },
          memoryNeeded: rows * polarsBytesPerRow,
        },
      },
    },
  ];
}
