/** Rows of Parquet files that are not copied into a table but scanned anew for each question: files that are read alike by one scan. */
import type { OpenFile } from "./columns.ts";
import type { Database } from "./database.ts";
import type { FileRows, SourceRows } from "./file-rows.ts";
import { fileLiteral } from "./sql.ts";

export interface ScannedFile {
  /** Its number in the table. */
  file: number;
  location: string;
  /** Its columns: one scan takes the types of its first file for all. */
  columns: readonly { name: string; type: string }[];
  /** SQL of a table's rows, given SQL of the file's number and what stands after FROM, which has a column file_index. */
  rowsSql: (file: string, from: string) => string;
}

/** Whether a file's rows can be read together with those of other files, whatever their order. */
export function isScannable({ spec, fields }: SourceRows): boolean {
  const isPlain = fields.every(({ column }) => typeof column !== "object");
  return spec.format === "parquet" && spec.order !== "sorted" && isPlain;
}

/** An opened Parquet file as the one of that number in its table. */
export function scannedFile(number: number, { file, scan }: OpenFile, made: FileRows): ScannedFile {
  return {
    file: number,
    location: file.location,
    columns: scan.columns.map(({ name, type }) => ({ name, type })),
    rowsSql: (number, from) => made.stored(made.rows(["file_index"], from), [`${number} AS file`]),
  };
}

/** What stands after FROM, for files that have the same columns. */
export function parquetFrom(locations: readonly string[]): string {
  return `read_parquet([${locations.map(fileLiteral).join(", ")}], hive_partitioning = false)`;
}

/** Makes the view `name` of the rows of `stored` and of the scanned files. */
export async function createScanView(
  database: Database,
  name: string,
  stored: string,
  files: readonly ScannedFile[],
): Promise<void> {
  const rows = [`SELECT * FROM ${stored}`, ...scannedRows(files)].join(" UNION ALL ");
  await database.run(`CREATE OR REPLACE TEMP VIEW ${name} AS ${rows}`);
}

/** SQL of the rows of scanned files, one a scan: their numbers in the table, then what a table stores. */
export function scannedRows(files: readonly ScannedFile[]): string[] {
  const alike = new Map<string, ScannedFile[]>();
  for (const file of files) {
    const key = JSON.stringify([file.rowsSql("", ""), file.columns]);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [file]);
    else group.push(file);
  }
  return [...alike.values()].map((group) =>
    group[0].rowsSql(numberSql(group), parquetFrom(group.map(({ location }) => location))),
  );
}

/** SQL of a file's number in the table, from its number in the scan. */
function numberSql(group: readonly ScannedFile[]): string {
  const [{ file: first }] = group;
  if (group.every(({ file }, i) => file === first + i)) return `CAST(file_index + ${first} AS UINTEGER)`;
  return `CAST(([${group.map(({ file }) => file).join(", ")}])[CAST(file_index AS BIGINT) + 1] AS UINTEGER)`;
}
