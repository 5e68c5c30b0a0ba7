/** A DuckDB table filled from the files of one or several sources, each of whose rows can be traced back to its file. */
import { ForewarnError } from "../core/errors.ts";
import type { TimeKind } from "../core/time.ts";
import type { OpenFile } from "./columns.ts";
import { ruleHint, ruleOf } from "./contract.ts";
import type { Database } from "./database.ts";
import { fieldType, type Repair } from "./field.ts";
import type { FieldKind } from "./field-cast.ts";
import type { Check } from "./field-findings.ts";
import { type FileRows, fileRows, ROW, type SourceRows } from "./file-rows.ts";
import { addCause, countQuarantined, keptValueSql, type Quarantine } from "./quarantine.ts";
import { rowPlace } from "./row-place.ts";
import { mendedScan, readsAsItIs } from "./scan.ts";
import { createScanView, isScannable, parquetFrom, type ScannedFile, scannedFile } from "./sorted-scan.ts";
import type { FileReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { unreadable } from "./unreadable.ts";

/** What a load shares: the database, the archive's files, and how time is counted. */
export interface LoadContext {
  database: Database;
  /** The opened files of each source, by the source's name. */
  files: ReadonlyMap<string, readonly OpenFile[]>;
  time: TimeKind;
  /** Where rows go that a contract sets aside. */
  quarantine: Quarantine;
  /** Later than this is the future, where there is a clock. */
  latest?: number;
  /** Called after each source. */
  onSource: () => void;
}

export interface TableFile {
  report: { -readonly [Key in keyof FileReport]: FileReport[Key] };
  spec: SourceSpec;
  /** Where the pipeline names its source. */
  source: string;
  /** SQL of its rows: row, r<i> as read, f<i> as cast, issue. */
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
  /** Where Parquet files are scanned for each question instead of being copied: these, and the table of the copied rows. */
  scanned?: { stored: string; files: ScannedFile[] };
  /** SQL that lets go of it. */
  dropSql: string;
}

/** A table (file, row, f<i>, issue) that holds a copy of its rows, so that they can be set aside later too. */
export async function createTable(context: LoadContext, name: string, kinds: readonly FieldKind[]): Promise<Table> {
  await createColumns(context, name, ["file UINTEGER", "row UBIGINT"], kinds);
  return { name, kinds, files: [], dropSql: `DROP TABLE ${name}` };
}

/** A table (file, f<i>, issue) that may be large: its name is a view, and Parquet files are scanned for each question instead of being copied. */
export async function createScannedTable(
  context: LoadContext,
  name: string,
  kinds: readonly FieldKind[],
): Promise<Table> {
  const stored = `${name}_copied`;
  await createColumns(context, stored, ["file UINTEGER"], kinds);
  return { name, kinds, files: [], scanned: { stored, files: [] }, dropSql: `DROP VIEW ${name}; DROP TABLE ${stored}` };
}

async function createColumns({ database }: LoadContext, name: string, first: string[], kinds: readonly FieldKind[]) {
  const columns = [...first, ...kinds.map((kind, i) => `f${i} ${fieldType(kind)}`), "issue USMALLINT"];
  await database.run(`CREATE TEMP TABLE ${name} (${columns.join(", ")})`);
}

export async function dropTable({ database }: LoadContext, { dropSql }: Table): Promise<void> {
  await database.run(dropSql);
}

/**
 * Reads all files of a source into a table, sets aside the rows that break its contract, and returns the reports of its files, whose
 * `used` and `quarantined` `account` fills in.
 * @throws DATA_FILE_UNREADABLE, DATA_COLUMN_TYPE, and for the first row that is to be refused: DATA_NULL_KEY, DATA_VALUE_MISSING,
 * DATA_COLUMN_TYPE, DATA_TIME_UNREADABLE, DATA_CYCLE_NOT_WHOLE, DATA_NOT_FINITE, DATA_OUT_OF_RANGE, DATA_TAG_UNKNOWN, TIME_NOT_UNIQUE,
 * TIME_OUT_OF_ORDER or the code of a check.
 */
export async function addSource(context: LoadContext, table: Table, rows: SourceRows): Promise<FileReport[]> {
  const first = table.files.length;
  for (const file of context.files.get(rows.source) ?? []) await addFile(context, table, rows, file);
  const { database } = context;
  const { scanned } = table;
  if (scanned !== undefined) await createScanView(database, table.name, scanned.stored, scanned.files);
  const counts = await countIssues(context, table, first);
  for (const [file, issues] of counts) {
    const { report, checks, spec } = table.files[file];
    report.read = [...issues.values()].reduce((sum, rows) => sum + rows, 0);
    const found = [...issues.keys()].filter((issue) => issue !== null);
    const refused = found.filter((issue) => ruleOf(spec, checks[issue].violation) === "refuse");
    if (refused.length > 0) throw await firstRefused(database, table.files[file], refused);
    if (found.length > 0) await quarantineIssues(context, table, file, found);
  }
  if (scanned !== undefined && [...counts.values()].some((issues) => issues.size > 1 || !issues.has(null)))
    await createScanView(database, table.name, scanned.stored, scanned.files);
  context.onSource();
  return table.files.slice(first).map(({ report }) => report);
}

async function addFile(context: LoadContext, table: Table, source: SourceRows, open: OpenFile): Promise<void> {
  const { database, time } = context;
  const { file } = open;
  database.check();
  const made = fileRows(source, open, time);
  if (table.scanned !== undefined && isScannable(source)) {
    table.scanned.files.push(scannedFile(table.files.length, open, made));
    await pushFile(context, table, source, open, made);
    return;
  }
  const asItIs = await readsAsItIs(file, open.scan).catch((error: unknown) => {
    throw unreadable(error, file.path);
  });
  const mend = async (error?: unknown) => await copyMended(context, table, { source, open, error });
  const read = asItIs ? await copyRows(context, table, made).then(() => open, mend) : await mend();
  await pushFile(context, table, source, read, read === open ? made : fileRows(source, read, time));
}

/** Reads a file line by line, where there is a way: DuckDB gave up on it with an error, or would take it for another. */
async function copyMended(
  context: LoadContext,
  table: Table,
  { source, open: { file, scan }, error }: { source: SourceRows; open: OpenFile; error?: unknown },
): Promise<OpenFile> {
  context.database.check();
  // A full disk or too little memory is no fault of the file.
  if (error instanceof ForewarnError) throw error;
  try {
    const mended = await mendedScan(context.database, file, scan);
    if (mended === undefined) throw error;
    await copyRows(context, table, fileRows(source, { file, scan: mended }, context.time));
    return { file, scan: mended };
  } catch (again) {
    throw unreadable(again, file.path);
  }
}

async function copyRows({ database }: LoadContext, table: Table, made: FileRows): Promise<void> {
  const { name, scanned } = table;
  const numbered = scanned === undefined;
  const rows = made.rows(numbered || made.checks.some(({ violation }) => violation === "outOfOrder") ? [ROW] : []);
  const stored = made.stored(rows, [`${table.files.length} AS file`, ...(numbered ? ["row"] : [])]);
  await database.run(`INSERT INTO ${scanned?.stored ?? name} ${stored}`);
}

async function pushFile(
  { database }: LoadContext,
  table: Table,
  { spec, source }: SourceRows,
  { file, scan }: OpenFile,
  made: FileRows,
): Promise<void> {
  const rowsSql = made.rows([ROW]);
  const repaired = await countRepairs(database, rowsSql, made.repairs);
  const { path, bytes, sha256 } = file;
  table.files.push({
    report: { path, bytes, sha256, read: 0, used: 0, quarantined: {}, ...(repaired && { repaired }) },
    spec,
    source,
    rowsSql,
    checks: made.checks,
    columns: made.columns,
    placeOf: (row) => rowPlace(file, scan, row),
  });
}

/** Counts the values that repairs changed, by violation, in the rows that are else good. */
async function countRepairs(database: Database, rowsSql: string, repairs: readonly Repair[]) {
  if (repairs.length === 0) return undefined;
  const counts = repairs.map(({ sql }) => `count(*) FILTER (WHERE ${sql})`);
  const [found] = await database.rows(`SELECT ${counts.join(", ")} FROM (${rowsSql}) WHERE issue IS NULL`);
  const repaired: Record<string, number> = {};
  repairs.forEach(({ violation }, i) => {
    if (Number(found[i]) > 0) repaired[violation] = (repaired[violation] ?? 0) + Number(found[i]);
  });
  return Object.keys(repaired).length === 0 ? undefined : repaired;
}

/** The rows read of each file of a source from `first` on, by the index of the check that they do not pass; null for those that pass all. */
async function countIssues({ database }: LoadContext, table: Table, first: number) {
  const counts = (rows: string) =>
    `SELECT file, issue, count(*) FROM ${rows} GROUP BY file, issue ORDER BY file, issue`;
  try {
    const byFile = new Map<number, Map<number | null, number>>();
    for (const [file, issue, rows] of await database.rows(counts(`${table.name} WHERE file >= ${first}`))) {
      const issues = byFile.get(Number(file)) ?? new Map<number | null, number>();
      issues.set(issue === null ? null : Number(issue), Number(rows));
      byFile.set(Number(file), issues);
    }
    return byFile;
  } catch (error) {
    database.check();
    for (const { file, location, rowsSql } of table.scanned?.files ?? []) {
      const alone = counts(`(${rowsSql(String(file), parquetFrom([location]))})`);
      await database.rows(alone).catch((cause: unknown) => {
        throw unreadable(cause, table.files[file].report.path);
      });
    }
    throw error;
  }
}

async function firstRefused(database: Database, file: TableFile, refused: readonly number[]): Promise<ForewarnError> {
  const value = `CASE issue ${refused.map((i) => `WHEN ${i} THEN CAST(${foundSql(file.checks[i])} AS VARCHAR)`).join(" ")} END`;
  const [[row, issue, found]] = await database.rows(
    `SELECT row, issue, ${value} FROM (${file.rowsSql}) WHERE issue IN (${refused.join(", ")}) ORDER BY row LIMIT 1`,
  );
  const check = file.checks[Number(issue)];
  const column = check.field === -1 ? "" : `, column \`${file.columns[check.field]}\``;
  return new ForewarnError(check.code, {
    problem: check.problem,
    expected: check.expected,
    found: found === null ? "nothing" : check.field === -1 ? String(found) : JSON.stringify(found),
    where: `${await file.placeOf(Number(row))}${column}`,
    hint: ruleHint(check.violation),
  });
}

/** The value of a row that a check is about. */
function foundSql({ field }: Check): string {
  return field === -1 ? "shape" : `r${field}`;
}

async function quarantineIssues(context: LoadContext, table: Table, index: number, found: readonly number[]) {
  const { database, quarantine } = context;
  const { checks, columns, source, report, rowsSql } = table.files[index];
  const cases = found.map((issue) => {
    const { violation, field } = checks[issue];
    const column = field === -1 ? null : columns[field];
    const cause = addCause(quarantine, { source, file: report.path, reason: violation, column });
    return { issue, cause, value: keptValueSql(foundSql(checks[issue])) };
  });
  const pick = (part: "cause" | "value") =>
    `CASE issue ${cases.map((one) => `WHEN ${one.issue} THEN ${one[part]}`).join(" ")} END`;
  await database.run(
    `INSERT INTO quarantine SELECT ${pick("cause")}, row, ${pick("value")} FROM (${rowsSql}) WHERE issue IS NOT NULL`,
  );
  const scanned = table.scanned?.files.find(({ file }) => file === index);
  if (scanned !== undefined) {
    const all = scanned.rowsSql;
    scanned.rowsSql = (number, from) => `SELECT * FROM (${all(number, from)}) WHERE issue IS NULL`;
  } else {
    const copied = table.scanned?.stored ?? table.name;
    await database.run(`DELETE FROM ${copied} WHERE file = ${index} AND issue IS NOT NULL`);
  }
}

/**
 * Counts, per file, the rows that are in the table as used and those in the quarantine as set aside.
 * @throws BUG_ROW_ACCOUNT when the two do not add up to the rows read.
 */
export async function account({ database, quarantine }: LoadContext, table: Table): Promise<void> {
  const counts = await database.rows(`SELECT file, count(*) FROM ${table.name} GROUP BY file`);
  const used = new Map(counts.map(([file, rows]) => [Number(file), Number(rows)]));
  const aside = await countQuarantined(database, quarantine);
  table.files.forEach(({ report, source }, i) => {
    const quarantined: Record<string, number> = {};
    for (const { source: of, file, reason, rows } of aside) {
      if (of === source && file === report.path) quarantined[reason] = (quarantined[reason] ?? 0) + rows;
    }
    report.used = used.get(i) ?? 0;
    report.quarantined = quarantined;
    const set = Object.values(quarantined).reduce((sum, rows) => sum + rows, 0);
    if (report.used + set === report.read) return;
    throw new ForewarnError("BUG_ROW_ACCOUNT", {
      problem: "rows were lost",
      expected: `${report.read} rows`,
      found: `${report.used} used and ${set} set aside`,
      where: report.path,
    });
  });
}
