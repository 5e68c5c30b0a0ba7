/** Feature rows as the bytes of a Parquet file. */
import { type ParquetField, ParquetFile, type ParquetValues } from "../../core/parquet/parquet-file.ts";
import type { TimeKind } from "../../core/time.ts";
import type { RowSlice } from "./cut-rows.ts";

/** Rows of one row group: what readers take at a time. */
export const ROW_GROUP = 131_072;

/**
 * Columns `machine`, `cutoff` (timestamp in microseconds UTC, or int64) and one float32 column a feature; each slice becomes a row group.
 * @param names the features
 */
export async function* featureChunks(
  slices: AsyncIterable<RowSlice> | Iterable<RowSlice>,
  names: readonly string[],
  time: TimeKind,
): AsyncGenerator<readonly Uint8Array[], void, undefined> {
  const fields: ParquetField[] = [
    { name: "machine", type: "text" },
    { name: "cutoff", type: time === "cycles" ? "int64" : "timestamp" },
    ...names.map((name): ParquetField => ({ name, type: "float32" })),
  ];
  const file = new ParquetFile(fields);
  yield [file.begin()];
  for await (const { groups } of slices) {
    const columns: ParquetValues[][] = [
      groups.map(({ cutoffs }) => ({ codes: cutoffs.machine, texts: cutoffs.machines })),
      groups.map(({ cutoffs }) => cutoffs.cutoff),
      ...names.map((_, i) => groups.map(({ matrix }) => matrix.columns[i])),
    ];
    yield file.rowGroup(columns);
  }
  yield [file.end()];
}
