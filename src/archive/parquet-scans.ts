/** The columns of Parquet files, from their footers alone: many files are asked at once, and files that are alike once. */
import { ForewarnError } from "../core/errors.ts";
import type { Database } from "./database.ts";
import type { FoundFile } from "./find-files.ts";
import { fileLiteral, identifier } from "./sql.ts";
import { unreadable } from "./unreadable.ts";

/** What stands after FROM, and the columns by their names with DuckDB's types and SQL. */
export interface ParquetScan {
  from: string;
  columns: { name: string; type: string; sql: string }[];
}

/** One scan a file, in their order. @throws DATA_FILE_UNREADABLE */
export async function parquetScans(database: Database, files: readonly FoundFile[]): Promise<ParquetScan[]> {
  if (files.length === 0) return [];
  try {
    return await scansOf(database, files);
  } catch (error) {
    database.check();
    if (files.length === 1) throw unreadable(error, files[0].path);
    // Which of them it was is found by asking one after another.
    const scans: ParquetScan[] = [];
    for (const file of files) scans.push(...(await parquetScans(database, [file])));
    return scans;
  }
}

async function scansOf(database: Database, files: readonly FoundFile[]): Promise<ParquetScan[]> {
  const list = `[${files.map(({ location }) => fileLiteral(location)).join(", ")}]`;
  await checkRowCounts(database, files, list);
  const schemas = new Map<string, (string | null)[][]>();
  for (const [file, ...row] of await database.rows(
    `SELECT file_name, name, num_children, type, type_length, converted_type, CAST(scale AS VARCHAR), CAST("precision" AS VARCHAR), CAST(logical_type AS VARCHAR) FROM parquet_schema(${list})`,
  )) {
    const schema = schemas.get(String(file)) ?? [];
    schema.push(row.map((value) => (value === null ? null : String(value))));
    schemas.set(String(file), schema);
  }
  const described = new Map<string, ParquetScan["columns"]>();
  const scans: ParquetScan[] = [];
  for (const { location } of files) {
    const schema = schemas.get(location) ?? [];
    const from = `read_parquet(${fileLiteral(location)}, hive_partitioning = false)`;
    const key = JSON.stringify(schema);
    const columns = described.get(key) ?? (await columnsOf(database, from, schema));
    described.set(key, columns);
    scans.push({ from, columns });
  }
  return scans;
}

async function columnsOf(database: Database, from: string, schema: readonly (string | null)[][]) {
  const described = await database.rows(`DESCRIBE SELECT * FROM ${from}`);
  const names = topLevelNames(schema);
  // DuckDB calls a column `v_1` that is called as another but for its capitals.
  return described.map(([name, type], i) => ({
    name: described.length === names.length ? names[i] : String(name),
    type: String(type),
    sql: identifier(String(name)),
  }));
}

/** The names of the columns themselves, of a schema whose members stand after their parents, the root first. */
function topLevelNames(schema: readonly (readonly (string | null)[])[]): string[] {
  const names: string[] = [];
  let at = 1;
  const skip = () => {
    const children = Number(schema[at++]?.[1] ?? 0);
    for (let i = 0; i < children; i++) skip();
  };
  while (at < schema.length) {
    names.push(String(schema[at][0]));
    skip();
  }
  return names;
}

/** A footer that tells of other numbers of rows in two places is damaged; DuckDB believes one of them. */
async function checkRowCounts(database: Database, files: readonly FoundFile[], list: string): Promise<void> {
  const groups = `SELECT file_name, any_value(row_group_num_rows) AS rows, bool_or(num_values < row_group_num_rows) AS short FROM parquet_metadata(${list}) GROUP BY file_name, row_group_id`;
  const sums = `SELECT file_name, sum(rows) AS rows, bool_or(short) AS short FROM (${groups}) GROUP BY file_name`;
  const wrong = await database.rows(
    `SELECT file_name, CAST(num_rows AS DOUBLE), CAST(coalesce(rows, 0) AS DOUBLE), coalesce(short, false) FROM parquet_file_metadata(${list}) LEFT JOIN (${sums}) USING (file_name) WHERE num_rows <> coalesce(rows, 0) OR short ORDER BY file_name LIMIT 1`,
  );
  if (wrong.length === 0) return;
  const [[location, whole, rows, short]] = wrong;
  throw new ForewarnError("DATA_FILE_UNREADABLE", {
    problem: "a Parquet file is damaged",
    expected: `${whole} rows, as its footer says`,
    found: short === true ? "a column with fewer values than rows" : `${rows} rows in its row groups`,
    where: files.find((file) => file.location === location)?.path,
  });
}
