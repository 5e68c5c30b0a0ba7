/** Writes feature rows as Parquet: one file, or a folder of part files that are cut by their number of rows. */
import { mkdir, rename, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { withSpillFolder } from "../../archive/spill-folder.ts";
import { ForewarnError } from "../../core/errors.ts";
import type { TimeKind } from "../../core/time.ts";
import { storeError } from "../../stores/atomic-file.ts";
import { makeFolder, syncFolder } from "../../stores/make-folder.ts";
import { writeChunksAtomic, writeNewFile } from "../../stores/write-chunks.ts";
import type { FeatureGroup } from "../feature-group.ts";
import { checkTimeKind } from "../plain/check-fleet-input.ts";
import { checkedGroups, checkFeatureNames } from "./checked-groups.ts";
import { cutRows, type RowSlice } from "./cut-rows.ts";
import { featureChunks, ROW_GROUP } from "./feature-chunks.ts";

type Groups = AsyncIterable<FeatureGroup> | Iterable<FeatureGroup>;

export interface WriteFeaturesOptions {
  /** What the rows hold beside `machine` and `cutoff`: the columns' names. */
  names: readonly string[];
  time: TimeKind;
}

export interface WriteFeaturePartsOptions extends WriteFeaturesOptions {
  /** Rows of each file but the last, a whole number from 1 on. Default: 1,048,576. */
  rowsPerFile?: number;
  /** Called after each row group. */
  onProgress?: (rows: number) => void;
}

/**
 * Writes one file, which appears whole or not at all; one that is there is replaced. Columns: `machine`, `cutoff` (timestamp in
 * microseconds UTC, or int64), one float32 column a feature (missing is NaN). The bytes depend on the rows alone. @throws SERVICE_STORE,
 * DATA_FEATURE_NAMES when a group has other columns than `names`, DATA_LENGTH, DATA_INSTANT, DATA_MACHINE_UNKNOWN, DATA_PARQUET_VALUE
 */
export async function writeFeatures(
  path: string,
  groups: Groups,
  { names, time }: WriteFeaturesOptions,
): Promise<void> {
  checkFeatureNames(names);
  checkTimeKind(time);
  await writeChunksAtomic(
    resolve(path),
    featureChunks(
      cutRows(checkedGroups(groups, names), () => ROW_GROUP),
      names,
      time,
    ),
  );
}

/**
 * Writes `part-00000.parquet` and so on into a folder, which must not be there yet and appears whole or not at all; each file is like
 * that of `writeFeatures`. The bytes depend on the rows and `rowsPerFile` alone. A folder has one file at least.
 * @returns the rows of each file. @throws USAGE_FOLDER_EXISTS, USAGE_ROWS_PER_FILE, SERVICE_STORE, DATA_* as `writeFeatures`
 */
export async function writeFeatureParts(
  folder: string,
  groups: Groups,
  { names, time, rowsPerFile = 1_048_576, onProgress }: WriteFeaturePartsOptions,
): Promise<number[]> {
  checkRows(rowsPerFile);
  checkFeatureNames(names);
  checkTimeKind(time);
  const out = resolve(folder);
  const parent = dirname(out);
  await refuseExisting(out);
  const files: number[] = [];
  try {
    const made = await makeFolder(parent);
    await withSpillFolder(async (spill) => {
      const half = join(spill, "features");
      await mkdir(half);
      let rows = 0;
      const slices = cutRows(checkedGroups(groups, names), (given) =>
        Math.min(ROW_GROUP, rowsPerFile - (given % rowsPerFile)),
      );
      for (let next = await slices.next(); files.length === 0 || !next.done; ) {
        async function* ofFile(): AsyncGenerator<RowSlice> {
          files.push(0);
          for (; !next.done && files[files.length - 1] < rowsPerFile; next = await slices.next()) {
            yield next.value;
            files[files.length - 1] += next.value.rows;
            rows += next.value.rows;
            onProgress?.(rows);
          }
        }
        const name = `part-${String(files.length).padStart(5, "0")}.parquet`;
        await writeNewFile(join(half, name), featureChunks(ofFile(), names, time));
      }
      await syncFolder(half);
      await rename(half, out);
      await syncFolder(parent);
      for (const each of made) await syncFolder(dirname(each));
    }, parent);
  } catch (error) {
    throw storeError(error, out);
  }
  return files;
}

async function refuseExisting(out: string): Promise<void> {
  if ((await stat(out).catch(() => undefined)) === undefined) return;
  throw new ForewarnError("USAGE_FOLDER_EXISTS", {
    problem: "there is something already where the part files are to be",
    expected: "nothing yet",
    where: out,
    hint: "remove it, or name another folder",
  });
}

function checkRows(rows: number): void {
  if (Number.isSafeInteger(rows) && rows >= 1) return;
  throw new ForewarnError("USAGE_ROWS_PER_FILE", {
    problem: "a file cannot have so many rows",
    expected: "a whole number from 1 on",
    found: String(rows),
  });
}
