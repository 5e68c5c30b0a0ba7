/** How DuckDB reads one file: the SQL it is read by, and its columns with their types. */
import { ForewarnError } from "../core/errors.ts";
import { readCsvHeader } from "./csv-header.ts";
import type { Database } from "./database.ts";
import type { FoundFile } from "./find-files.ts";
import type { SourceSpec } from "./spec.ts";
import { fileLiteral, identifier, literal } from "./sql.ts";

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
  /** A condition that holds for rows which do not have the file's columns, and what is wrong with them. */
  misshapen?: { sql: string; found: string; expected: string };
}

/** @throws DATA_FILE_UNREADABLE */
export async function openScan(database: Database, file: FoundFile, source: SourceSpec): Promise<Scan> {
  if (source.format === "parquet") return await parquetScan(database, file);
  const header = await readCsvHeader(file, source);
  return header.delimiter === " " ? spacedScan(file, header.names, header.skip) : csvScan(file, header);
}

/** Turns what DuckDB says of a file it cannot read into an error that names the file. */
export function unreadable(error: unknown, path: string): unknown {
  if (error instanceof ForewarnError || !(error instanceof Error)) return error;
  const lines = error.message.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => line === "" || /^(Possible|LINE )/.test(line));
  const row = /on Line: (\d+)/.exec(error.message)?.[1];
  return new ForewarnError("DATA_FILE_UNREADABLE", {
    problem: "a file cannot be read",
    found: lines.slice(0, end <= 0 ? 3 : end).join("; "),
    where: row === undefined ? path : `${path}, line ${row}`,
    cause: error,
  });
}

async function parquetScan(database: Database, file: FoundFile): Promise<Scan> {
  const from = `read_parquet(${fileLiteral(file.location)}, hive_partitioning = false)`;
  try {
    const described = await database.rows(`DESCRIBE SELECT * FROM ${from}`);
    const columns = described.map(([name, type]) => ({
      name: String(name),
      type: String(type),
      sql: identifier(String(name)),
    }));
    return { from, columns };
  } catch (error) {
    throw unreadable(error, file.path);
  }
}

interface Layout {
  names: readonly string[];
  delimiter: string;
  /** Lines before the first row. */
  skip: number;
}

function csvScan(file: FoundFile, { names, delimiter, skip }: Layout): Scan {
  const columns = names.map((name, i) => ({ name, type: "VARCHAR", sql: `c${i}` }));
  const types = columns.map(({ sql }) => `'${sql}': 'VARCHAR'`).join(", ");
  const read = `read_csv(${fileLiteral(file.location)}, auto_detect = false, columns = {${types}}, delim = ${literal(delimiter)}, quote = '"', escape = '"', comment = '', header = ${skip > 0}, hive_partitioning = false)`;
  // An empty line is no row; DuckDB sees it so only where there is more than one column.
  return { from: names.length === 1 ? `(SELECT * FROM ${read} WHERE c0 IS NOT NULL)` : read, columns };
}

/** Files whose columns are parted by runs of spaces, with spaces allowed at both ends of a line. */
function spacedScan(file: FoundFile, names: readonly string[], skip: number): Scan {
  const read = `read_csv(${fileLiteral(file.location)}, auto_detect = false, columns = {'line': 'VARCHAR'}, delim = e'\\x01', quote = '', escape = '', comment = '', header = ${skip > 0}, hive_partitioning = false)`;
  const parts = "list_filter(string_split(translate(line, e'\\t\\r', '  '), ' '), lambda part: part <> '')";
  return {
    from: `(SELECT ${parts} AS parts FROM ${read} WHERE trim(line, e' \\t\\r') <> '')`,
    columns: names.map((name, i) => ({ name, type: "VARCHAR", sql: `parts[${i + 1}]` })),
    misshapen: {
      sql: `len(parts) <> ${names.length}`,
      found: `len(parts) || ' columns'`,
      expected: `${names.length} columns`,
    },
  };
}
