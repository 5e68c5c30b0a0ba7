/** `sortToFolder`: an archive whose telemetry does not fit into memory, sorted into a folder of columns. */
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { ForewarnError } from "../core/errors.ts";
import { sha256 } from "../core/json.ts";
import { pack } from "../core/pack.ts";
import { storeError, writeFileAtomic } from "../stores/atomic-file.ts";
import { makeFolder, syncFolder } from "../stores/make-folder.ts";
import { checkMappings } from "./check-mapping.ts";
import { withDatabase } from "./database.ts";
import { type ArchiveFiles, checkUnchanged, findArchive } from "./find-archive.ts";
import { type LoadOptions, readArchive } from "./load-fleet.ts";
import { openSorted, type SortedArchive } from "./sorted-archive.ts";
import { joinSorted } from "./sorted-join.ts";
import { columnFiles, PACK, type PackedArchive, SUMS } from "./sorted-layout.ts";
import { checkRowsAtOnce, memoryBytes, memoryShares } from "./sorted-memory.ts";
import { sortTable } from "./sorted-table.ts";
import type { ArchiveSpec } from "./spec.ts";
import { withSpillFolder } from "./spill-folder.ts";

export interface SortOptions extends Omit<LoadOptions, "onProgress"> {
  /** The folder that is made; it must not be there yet. */
  out: string;
  /** How much memory the process may hold at its peak, from "512MB" on. Default: "2GB". */
  memory?: string;
  /** How many rows are sorted at once: a whole number from 1 on. Default: as many as the memory allows. */
  rowsAtOnce?: number;
  /** Rows parted and rows sorted, of twice the rows of the telemetry table that is being sorted. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Sorts an archive into a folder, which appears whole or not at all, and opens it. Its columns are those of `loadFleet` to the bit. The
 * disk needs room for the columns, and for those of one telemetry table once more while it is sorted.
 * @throws DATA_MEMORY, USAGE_MEMORY, USAGE_ROWS_AT_ONCE, USAGE_FOLDER_EXISTS, SERVICE_DISK_FULL, SERVICE_STORE, and what `loadFleet` throws.
 */
export async function sortToFolder(spec: ArchiveSpec, options: SortOptions): Promise<SortedArchive> {
  checkMappings(spec);
  const out = resolve(options.out);
  const parent = dirname(out);
  memoryShares(memoryBytes(options.memory ?? "2GB"));
  checkRowsAtOnce(options.rowsAtOnce);
  await refuseExisting(out);
  const files = options.files ?? (await findArchive(spec, options.folder));
  try {
    const made = await makeFolder(parent);
    await withSpillFolder(async (spill) => {
      const half = join(spill, "sorted");
      await mkdir(half);
      await fillFolder(spec, { ...options, files }, spill, half);
      await checkUnchanged(files);
      await rename(half, out);
      await syncFolder(parent);
      for (const each of made) await syncFolder(dirname(each));
    }, parent);
  } catch (error) {
    throw storeError(error, out);
  }
  return await openSorted(out);
}

async function fillFolder(
  spec: ArchiveSpec,
  options: SortOptions & { files: ArchiveFiles },
  spill: string,
  half: string,
): Promise<void> {
  const { rowsAtOnce, onProgress, ...reading } = options;
  const { database: databaseMemory, ...shares } = memoryShares(memoryBytes(options.memory ?? "2GB"));
  const sums = new Map<string, string>();
  let number = 0;
  const read = await withDatabase(
    options.signal,
    (database) =>
      readArchive(spec, reading, database, {
        prepare: () => undefined,
        async sort(context, table, name, machines) {
          const files = columnFiles(number++, table);
          const paths = files.map((file) => join(half, file));
          const { offsets, ends, hashes } = await sortTable(context, table, machines, {
            spill,
            paths,
            rowsAtOnce,
            ...shares,
            onProgress,
          });
          for (const [i, hash] of hashes.entries()) sums.set(files[i], hash);
          const { sensors, late, long } = table;
          return { sorted: { long, table: { name, offsets, sensors, late, files } }, ends };
        },
      }),
    { memory: databaseMemory, spillParent: spill },
  );
  const { rest, tables: apart, ...accounts } = read;
  const { tables, doubled } = joinSorted(apart, sums);
  for (const file of doubled) {
    await rm(join(half, file));
    sums.delete(file);
  }
  const bytes = pack({ layout: 1, fleet: rest, tables, ...accounts } satisfies PackedArchive);
  sums.set(PACK, sha256(bytes));
  await writeFileAtomic(join(half, PACK), bytes);
  await writeFileAtomic(join(half, SUMS), [...sums].map(([file, sum]) => `${sum}  ${file}\n`).join(""));
}

async function refuseExisting(out: string): Promise<void> {
  if ((await stat(out).catch(() => undefined)) === undefined) return;
  throw new ForewarnError("USAGE_FOLDER_EXISTS", {
    problem: "there is something already where the sorted columns are to be",
    expected: "nothing yet",
    where: out,
    hint: "open it with openSorted, remove it, or name another folder",
  });
}
