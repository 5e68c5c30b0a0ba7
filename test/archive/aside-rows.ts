/** Reads back what an archive set aside. */
import { parquetReadObjects } from "hyparquet";
import type { LoadedArchive } from "../../src/archive/index.ts";

export interface AsideRow {
  source: string;
  file: string;
  row: number;
  reason: string;
  column: string | null;
  value: string | null;
}

export async function asideRows({ quarantine }: LoadedArchive): Promise<AsideRow[]> {
  if (quarantine === undefined) return [];
  const file = quarantine.parquet.slice().buffer as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  return rows.map((row) => ({ ...row, row: Number(row["row"]) })) as AsideRow[];
}

/** Each row as "file:row reason column=value". */
export async function asideTexts(loaded: LoadedArchive): Promise<string[]> {
  return (await asideRows(loaded)).map(({ file, row, reason, column, value }) => {
    const fault = column === null ? "" : ` ${column}=${value === null ? "nothing" : JSON.stringify(value)}`;
    return `${file}:${row} ${reason}${fault}`;
  });
}
