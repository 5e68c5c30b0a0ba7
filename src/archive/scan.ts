/** How DuckDB reads one file: the SQL it is read by, and its columns with their types. */
import { randomUUID } from "node:crypto";
import { readCsvHeader } from "./csv-header.ts";
import { mendCsv, mendLines } from "./csv-mend.ts";
import { isPlainCsv } from "./csv-plain.ts";
import type { Database } from "./database.ts";
import type { FoundFile } from "./find-files.ts";
import { parquetScans } from "./parquet-scans.ts";
import type { SourceSpec } from "./spec.ts";
import { fileLiteral, literal } from "./sql.ts";

export interface ScanColumn {
  name: string;
  /** DuckDB's name of the type; VARCHAR for all columns of a CSV file, so that no type depends on a sample of rows. */
  type: string;
  /** How SQL over `from` reads the column. */
  sql: string;
}

export interface Scan {
  /** What stands after FROM. */
  from: string;
  columns: readonly ScanColumn[];
  /** How a CSV file is laid out. */
  csv?: CsvLayout;
  /** A condition that holds for rows which do not have the file's columns, and what is wrong with them. */
  misshapen?: { sql: string; found: string; expected: string };
}

export interface CsvLayout {
  names: readonly string[];
  delimiter: string;
  /** Header records before the first row: 1 or 0. */
  skip: number;
}

/** One scan a file of a source, in their order. @throws DATA_FILE_UNREADABLE */
export async function openScans(
  database: Database,
  files: readonly FoundFile[],
  source: SourceSpec,
): Promise<readonly Scan[]> {
  if (source.format === "parquet") return await parquetScans(database, files);
  const scans: Scan[] = [];
  for (const file of files) scans.push(await openScan(database, file, source));
  return scans;
}

/** @throws DATA_FILE_UNREADABLE */
export async function openScan(database: Database, file: FoundFile, source: SourceSpec): Promise<Scan> {
  if (source.format === "parquet") return (await parquetScans(database, [file]))[0];
  const header = await readCsvHeader(file, source);
  return header.delimiter === " " ? spacedScan(file, header) : csvScan(file, header);
}

/** Whether DuckDB itself reads the rows of a file as they are meant, or gives up on it; else `mendedScan` has to. */
export async function readsAsItIs({ location }: FoundFile, { csv }: Scan): Promise<boolean> {
  if (csv === undefined) return true;
  // An empty line is a row where there is one column, and DuckDB may take CRLF for two ends of a line.
  if (csv.names.length === 1) return false;
  return csv.delimiter === " " || (await isPlainCsv(location));
}

/**
 * A second way to read a CSV file that DuckDB gave up on or would take for another: by a copy in which each line that is not whole is a
 * row that can be refused or quarantined by its number. Undefined where there is none.
 */
export async function mendedScan(database: Database, file: FoundFile, scan: Scan): Promise<Scan | undefined> {
  const { csv } = scan;
  if (csv === undefined) return undefined;
  const width = csv.names.length;
  const [[folder]] = await database.rows("SELECT current_setting('temp_directory')");
  const location = `${folder}/mended-${randomUUID()}.csv`;
  if (csv.delimiter === " ") {
    await mendLines(file.location, location);
    return spacedScan({ ...file, location }, csv);
  }
  await mendCsv(file.location, location, csv.delimiter, width);
  const { from } = csvScan({ ...file, location }, { ...csv, names: [...csv.names, ""] });
  const misshapen = { sql: `c${width} IS NOT NULL`, found: `c${width}`, expected: columnCount(width) };
  return { ...scan, from, misshapen };
}

function csvScan(file: FoundFile, csv: CsvLayout): Scan {
  const { names, delimiter, skip } = csv;
  const columns = names.map((name, i) => ({ name, type: "VARCHAR", sql: `c${i}` }));
  const types = columns.map(({ sql }) => `'${sql}': 'VARCHAR'`).join(", ");
  const read = `read_csv(${fileLiteral(file.location)}, auto_detect = false, columns = {${types}}, delim = ${literal(delimiter)}, quote = '"', escape = '"', comment = '', header = ${skip > 0}, hive_partitioning = false)`;
  return { from: read, columns, csv };
}

/** Files whose columns are parted by runs of spaces, with spaces allowed at both ends of a line. */
function spacedScan(file: FoundFile, csv: CsvLayout): Scan {
  const { names, skip } = csv;
  const read = `read_csv(${fileLiteral(file.location)}, auto_detect = false, columns = {'line': 'VARCHAR'}, delim = e'\\x01\\x02\\x01\\x02', quote = '', escape = '', comment = '', header = ${skip > 0}, hive_partitioning = false)`;
  const parts =
    "list_filter(string_split(translate(coalesce(line, ''), e'\\t\\r', '  '), ' '), lambda part: part <> '')";
  const where = names.length === 1 ? "" : " WHERE trim(line, e' \\t\\r') <> ''";
  return {
    from: `(SELECT ${parts} AS parts FROM ${read}${where})`,
    columns: names.map((name, i) => ({ name, type: "VARCHAR", sql: `parts[${i + 1}]` })),
    csv,
    misshapen: {
      sql: names.length === 1 ? "len(parts) > 1" : `len(parts) <> ${names.length}`,
      found: `len(parts) || CASE len(parts) WHEN 1 THEN ' column' ELSE ' columns' END`,
      expected: columnCount(names.length),
    },
  };
}

function columnCount(columns: number): string {
  return `${columns} column${columns === 1 ? "" : "s"}`;
}
