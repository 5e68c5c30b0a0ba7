/** A DuckDB table filled from the files of one or several sources, each of whose rows can be traced back to its file. */
import { ForewarnError } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import type { TimeKind } from "../core/time.ts";
import type { Database } from "./database.ts";
import { type Check, castSql, checksOf, type Field, type FieldKind, fieldType, rawSql } from "./field.ts";
import type { ArchiveFile, ArchiveFiles } from "./find-archive.ts";
import { rowPlace } from "./row-place.ts";
import { openScan, type Scan, unreadable } from "./scan.ts";
import type { FileReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { literal } from "./sql.ts";

/** What a load shares: the database, the archive's files, and how time is counted. */
export interface LoadContext {
  database: Database;
  files: ArchiveFiles;
  time: TimeKind;
  /** Called after each source. */
  onSource: () => void;
}

interface TableFile {
  report: { -readonly [Key in keyof FileReport]: FileReport[Key] };
  /** SQL of its rows: row, r<i> as read, f<i> as cast. */
  rowsSql: string;
  checks: readonly Check[];
  /** The columns that the fields are read from. */
  columns: readonly string[];
  /** Where a row stands, by its number from 1, for messages. */
  placeOf: (row: number) => Promise<string>;
}

export interface Table {
  name: string;
  /** The fields, stored in the columns f0, f1, … */
  kinds: readonly FieldKind[];
  files: TableFile[];
}

export async function createTable(context: LoadContext, name: string, kinds: readonly FieldKind[]): Promise<Table> {
  const columns = kinds.map((kind, i) => `f${i} ${fieldType(kind)}`);
  await context.database.run(`CREATE TEMP TABLE ${name} (file UINTEGER, ${columns.join(", ")}, issue USMALLINT)`);
  return { name, kinds, files: [] };
}

export interface SourceRows {
  spec: SourceSpec;
  /** Where the pipeline names it. */
  source: string;
  /** One a column of the table. */
  fields: readonly Field[];
  /** Conditions over several fields that no row may meet. */
  checks?: readonly Check[];
  /** What is stored instead of the cast value, by the index of the field: SQL over f<i>. */
  stored?: Readonly<Record<number, string>>;
}

/**
 * Reads all files of a source into a table, and returns the reports of its files, whose `used` and `quarantined` `account` fills in.
 * @throws DATA_FILE_UNREADABLE, DATA_COLUMN_MISSING, and for the first row that may not be: DATA_NULL_KEY,
 * DATA_VALUE_MISSING, DATA_COLUMN_TYPE, DATA_TIME_UNREADABLE, DATA_CYCLE_NOT_WHOLE, DATA_NOT_FINITE or the code of a check.
 */
export async function addSource(context: LoadContext, table: Table, rows: SourceRows): Promise<FileReport[]> {
  const first = table.files.length;
  for (const file of context.files.get(rows.source) ?? []) await addFile(context, table, rows, file);
  const { database } = context;
  const [issue] = await database.rows(
    `SELECT file FROM ${table.name} WHERE issue IS NOT NULL AND file >= ${first} ORDER BY file LIMIT 1`,
  );
  if (issue !== undefined) throw await firstIssue(database, table.files[Number(issue[0])]);
  context.onSource();
  return table.files.slice(first).map(({ report }) => report);
}

async function addFile(context: LoadContext, table: Table, rows: SourceRows, file: ArchiveFile): Promise<void> {
  const { database, time } = context;
  database.check();
  const scan = await openScan(database, file, rows.spec);
  const sources = rows.fields.map((field) => sourceOf(field, scan, file, rows.source));
  const raws = sources.map(({ sql, type }, i) => `${rawSql(sql, type)} AS r${i}`);
  const values = rows.fields.map((field, i) => {
    const { type, where } = sources[i];
    return `${castSql(field, `r${i}`, type, time, where)} AS f${i}`;
  });
  const shape =
    scan.misshapen === undefined ? [] : [`${scan.misshapen.sql} AS misshapen`, `${scan.misshapen.found} AS shape`];
  const cast = (row: string[]) =>
    `SELECT *, ${values.join(", ")} FROM (SELECT ${[...row, ...shape, ...raws].join(", ")} FROM ${scan.from})`;
  const checks = checksOfFile(rows, sources, scan, time);
  const issue = `CASE ${checks.map((check, i) => `WHEN ${check.sql} THEN ${i}`).join(" ")} END`;
  const stored = rows.fields.map((_, i) => rows.stored?.[i] ?? `f${i}`);
  const index = table.files.length;
  try {
    const read = await database.run(
      `INSERT INTO ${table.name} SELECT ${index}, ${stored.join(", ")}, ${issue} FROM (${cast([])})`,
    );
    const columns = sources.map(({ column }) => column);
    const rowsSql = cast(["row_number() OVER () AS row"]);
    table.files.push({
      report: { path: file.path, bytes: file.bytes, sha256: file.sha256, read, used: 0, quarantined: {} },
      rowsSql,
      checks,
      columns,
      placeOf: (row) => rowPlace(file, rows.spec, row),
    });
  } catch (error) {
    throw unreadable(error, file.path);
  }
}

function sourceOf(field: Field, scan: Scan, file: ArchiveFile, source: string) {
  const { column } = field;
  if (column === undefined)
    return { column: "", sql: "NULL", type: field.kind === "number" ? "DOUBLE" : "VARCHAR", where: "" };
  if (typeof column !== "string")
    return { column: "row number", sql: "row_number() OVER ()", type: "BIGINT", where: "" };
  const found = scan.columns.filter(({ name }) => name === column);
  const where = `${file.path}, column \`${column}\``;
  if (found.length === 1) return { column, where, ...found[0] };
  const names = scan.columns.map(({ name }) => name);
  throw new ForewarnError(found.length === 0 ? "DATA_COLUMN_MISSING" : "DATA_COLUMN_TWICE", {
    problem: found.length === 0 ? "a required column is missing" : "a column that is read is there twice",
    expected: `a column \`${column}\``,
    found: names.map((name) => `\`${name}\``).join(", "),
    where: `${file.path}, read as ${source}`,
    hint: found.length === 0 ? didYouMean(column, names) : "rename one of them",
  });
}

function checksOfFile(rows: SourceRows, sources: readonly { column: string }[], scan: Scan, time: TimeKind): Check[] {
  const shape: Check[] =
    scan.misshapen === undefined
      ? []
      : [
          {
            code: "DATA_FILE_UNREADABLE",
            problem: "a line has another number of columns",
            expected: scan.misshapen.expected,
            field: -1,
            sql: "misshapen",
          },
        ];
  const fields = rows.fields.flatMap((field, i) => (sources[i].column === "" ? [] : checksOf(field, i, time)));
  return [...shape, ...fields, ...(rows.checks ?? [])];
}

async function firstIssue(database: Database, file: TableFile): Promise<ForewarnError> {
  const cases = file.checks.map(({ sql, field }, i) => {
    const value = field === -1 ? "shape" : `r${field}`;
    return { issue: `WHEN ${sql} THEN ${i}`, value: `WHEN ${sql} THEN CAST(${value} AS VARCHAR)` };
  });
  const pick = (part: "issue" | "value") => `CASE ${cases.map((one) => one[part]).join(" ")} END`;
  const [found] = await database.rows(
    `SELECT * FROM (SELECT row, ${pick("issue")} AS issue, ${pick("value")} FROM (${file.rowsSql})) WHERE issue IS NOT NULL ORDER BY row LIMIT 1`,
  );
  const [row, issue, value] = found;
  const check = file.checks[Number(issue)];
  const column = check.field === -1 ? "" : `, column \`${file.columns[check.field]}\``;
  return new ForewarnError(check.code, {
    problem: check.problem,
    expected: check.expected,
    found: value === null ? "nothing" : check.field === -1 ? String(value) : JSON.stringify(value),
    where: `${await file.placeOf(Number(row))}${column}`,
  });
}

export interface DuplicateRows {
  /** The values, by column, in which the first two rows agree. */
  key: Readonly<Record<string, string | number>>;
  /** The two rows in words. */
  found: string;
  /** The rows that count, as a condition. Default: all. */
  kept?: string;
}

/** An error for rows that agree in the fields of a key: which rows of which files the first two are, and how many more there are. */
export async function duplicate(
  database: Database,
  table: Table,
  { key, found, kept = "true" }: DuplicateRows,
): Promise<ForewarnError> {
  const same = Object.entries(key).map(([column, value]) => {
    if (typeof value === "string") return `coalesce(${column}, '') = ${literal(value)}`;
    return Number.isFinite(value) ? `${column} = ${value}::DOUBLE` : `${column} IS NULL`;
  });
  const places: string[] = [];
  for (const file of table.files) {
    const rows = await database.rows(
      `SELECT row FROM (${file.rowsSql}) WHERE ${same.join(" AND ")} ORDER BY row LIMIT 2`,
    );
    for (const [row] of rows) places.push(await file.placeOf(Number(row)));
    if (places.length >= 2) break;
  }
  const [[repeated]] = await database.rows(
    `SELECT CAST(coalesce(sum(rows - 1), 0) AS DOUBLE) FROM (SELECT count(*) AS rows FROM ${table.name} WHERE ${kept} GROUP BY ${Object.keys(key).join(", ")})`,
  );
  const more = Number(repeated) - 1;
  return new ForewarnError("DATA_DUPLICATE", {
    problem: "two rows have the same key",
    expected: "each key once",
    found: more < 1 ? found : `${found}, and ${more} more row${more === 1 ? " repeats" : "s repeat"} another's key`,
    where: places.slice(0, 2).join("; "),
    hint: "remove one of them, or leave out a file that repeats another",
  });
}

/**
 * Counts, per file, the rows that meet the SQL condition `kept` as used and the others as set aside for `reason`.
 * @throws BUG_ROW_ACCOUNT when the two do not add up to the rows read.
 */
export async function account(context: LoadContext, table: Table, kept: string, reason: string): Promise<void> {
  const counts = await context.database.rows(
    `SELECT file, count(*) FILTER (WHERE ${kept}), count(*) FILTER (WHERE NOT (${kept})) FROM ${table.name} GROUP BY file`,
  );
  const byFile = new Map(counts.map(([file, used, aside]) => [Number(file), [Number(used), Number(aside)]]));
  table.files.forEach(({ report }, i) => {
    const [used, aside] = byFile.get(i) ?? [0, 0];
    if (used + aside !== report.read) {
      throw new ForewarnError("BUG_ROW_ACCOUNT", {
        problem: "rows were lost",
        expected: `${report.read} rows`,
        found: `${used} used and ${aside} set aside`,
        where: report.path,
      });
    }
    report.used = used;
    report.quarantined = aside === 0 ? {} : { [reason]: aside };
  });
}
