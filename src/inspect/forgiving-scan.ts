/** How a file is read when nothing may stop the reading: lines that do not fit are counted, not refused. */
import { readCsvHeader } from "../archive/csv-header.ts";
import type { Database } from "../archive/database.ts";
import type { FoundFile } from "../archive/find-files.ts";
import { openScan, type ScanColumn } from "../archive/scan.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { fileLiteral, literal } from "../archive/sql.ts";

export interface ForgivingScan {
  /** What stands after FROM. */
  from: string;
  columns: readonly ScanColumn[];
  /** The lines that were left out; asked once the scan has been read. */
  torn(): Promise<TornLines>;
}

export interface TornLines {
  lines: number;
  /** The first one, from 1. */
  first?: number;
  /** What is wrong with it. */
  found?: string;
}

const none: TornLines = { lines: 0 };
let scans = 0;

/**
 * Opens a file as its source says, but leaves out CSV lines with too few or too many columns, or bytes that are no text.
 * @throws DATA_FILE_UNREADABLE when there is nothing to read: no header, no Parquet footer.
 */
export async function openForgivingly(database: Database, file: FoundFile, source: SourceSpec): Promise<ForgivingScan> {
  if (source.format === "csv" && source.delimiter !== " ") return await csvScan(database, file, source);
  const { misshapen, from, columns } = await openScan(database, file, source);
  if (misshapen === undefined) return { from, columns, torn: async () => none };
  return {
    from: `(SELECT * FROM ${from} WHERE NOT (${misshapen.sql}))`,
    columns,
    async torn() {
      const [[lines, found]] = await database.rows(
        `SELECT count(*), any_value(${misshapen.found}) FROM ${from} WHERE ${misshapen.sql}`,
      );
      return lines === 0n ? none : { lines: Number(lines), found: `${found}, not ${misshapen.expected}` };
    },
  };
}

async function csvScan(database: Database, file: FoundFile, source: SourceSpec): Promise<ForgivingScan> {
  const { names, delimiter, skip } = await readCsvHeader(file, source);
  const columns = names.map((name, i) => ({ name, type: "VARCHAR", sql: `c${i}` }));
  const types = columns.map(({ sql }) => `'${sql}': 'VARCHAR'`).join(", ");
  const rejects = `inspect_torn_${scans++}`;
  const options = [
    "auto_detect = false",
    `columns = {${types}}`,
    `delim = ${literal(delimiter)}`,
    "quote = '\"'",
    "escape = '\"'",
    "comment = ''",
    `header = ${skip > 0}`,
    "hive_partitioning = false",
    "store_rejects = true",
    "rejects_limit = 0",
    `rejects_table = '${rejects}'`,
    `rejects_scan = '${rejects}_scan'`,
  ];
  const read = `read_csv(${fileLiteral(file.location)}, ${options.join(", ")})`;
  return {
    from: names.length === 1 ? `(SELECT * FROM ${read} WHERE c0 IS NOT NULL)` : read,
    columns,
    async torn() {
      const [[tables]] = await database.rows(`SELECT count(*) FROM duckdb_tables() WHERE table_name = '${rejects}'`);
      if (tables === 0n) return none;
      const [[lines, first, found]] = await database.rows(
        `SELECT count(DISTINCT line), min(line), arg_min(error_message, line) FROM ${rejects}`,
      );
      if (lines === 0n) return none;
      const words = String(found).split("\n")[0].replace("Expected Number of Columns:", "expected columns:");
      return { lines: Number(lines), first: Number(first), found: words };
    },
  };
}
