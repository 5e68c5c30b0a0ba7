/** A source read forgivingly into a database table: what cannot be read as its use needs becomes NULL, and is counted. */
import { stat } from "node:fs/promises";
import { candidatesSql, instantSql } from "../archive/contract-time-zone.ts";
import { type Conversion, conversionSql } from "../archive/contract-units.ts";
import type { Database } from "../archive/database.ts";
import { castSql, type FieldKind, rawSql, zonedParts } from "../archive/field-cast.ts";
import type { FoundFile } from "../archive/find-files.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { identifier } from "../archive/sql.ts";
import { ForewarnError } from "../core/errors.ts";
import type { TimeKind } from "../core/time.ts";
import { type ForgivingScan, openForgivingly, type TornLines } from "./forgiving-scan.ts";

/** A value that a source is read for. */
export interface ForgivingField {
  kind: FieldKind;
  /** Not given, it is NULL in every row. */
  column?: string | { rowNumber: true };
  /** Put before every machine's name. */
  prefix?: string;
  /** Numbers: the conversion of their unit. */
  conversion?: Conversion;
}

export interface ForgivingTable {
  /** The database table: file (its index), row (from 1, in the order of the file), and a column f<i> a field. */
  table: string;
  files: readonly ReadFile[];
  /** Rows of all files, those without a key included. */
  rows: number;
  /** Rows in which a part of the key is empty, of files that have its columns, and the first of them. */
  keyless: { rows: number; first?: string };
}

export interface ReadFile {
  path: string;
  /** Undefined for one that is not there. */
  bytes?: number;
  rows: number;
  torn: TornLines;
  /** Why it was left out altogether. */
  unreadable?: string;
  /** Columns that the source names and the file does not have, and what it has instead. */
  missing: readonly { column: string; hint?: string }[];
  /** Columns of a type that their use cannot have. */
  wrongType: readonly { column: string; found: string }[];
  /** Values that are there and cannot be read, by column. */
  unread: readonly { column: string; rows: number; firstRow: number; example: string }[];
  /** All columns of the file with their types, for a comparison of files. */
  columns: readonly { name: string; type: string }[];
}

/** Reads every file of a source that can be opened at all. */
export async function readForgivingly(
  database: Database,
  table: string,
  source: {
    spec: SourceSpec;
    fields: readonly ForgivingField[];
    /** The fields, by index, that every row must have. */
    keys: readonly number[];
    files: readonly FoundFile[];
    time: TimeKind;
  },
): Promise<ForgivingTable> {
  const { fields, keys } = source;
  const types = fields.map(({ kind }, i) => `f${i} ${kind === "machine" || kind === "text" ? "VARCHAR" : "DOUBLE"}`);
  await database.run(
    `CREATE TEMP TABLE ${identifier(table)} (file UINTEGER, row UBIGINT, ${types.join(", ")}, odd UTINYINT, example VARCHAR)`,
  );
  const files: ReadFile[] = [];
  for (const [i, file] of source.files.entries()) {
    database.check();
    const read = await readFile(database, table, i, file, source).catch((error: unknown) =>
      unreadableFile(file, error),
    );
    files.push(read);
  }
  const keyless = await keylessRows(database, table, files, keys);
  return { table, files, rows: files.reduce((total, { rows }) => total + rows, 0), keyless };
}

async function keylessRows(database: Database, table: string, files: readonly ReadFile[], keys: readonly number[]) {
  const whole = files.flatMap(({ missing, wrongType }, i) => (missing.length + wrongType.length === 0 ? [i] : []));
  if (whole.length === 0 || keys.length === 0) return { rows: 0 };
  const [[rows, file, row]] = await database.rows(
    `SELECT count(*), arg_min(file, (file, row)), arg_min(row, (file, row)) FROM ${table} WHERE odd IS NULL AND file IN (${whole.join(", ")}) AND (${keys.map((key) => `f${key} IS NULL`).join(" OR ")})`,
  );
  return rows === 0n ? { rows: 0 } : { rows: Number(rows), first: `${files[Number(file)].path}, row ${row}` };
}

function unreadableFile(file: FoundFile, error: unknown): ReadFile {
  if (error instanceof ForewarnError && error.code.startsWith("INTERRUPTED")) throw error;
  const unreadable =
    error instanceof ForewarnError
      ? [error.details.problem, error.details.found].filter((text) => text !== undefined).join(": ")
      : String(error instanceof Error ? error.message : error).split("\n")[0];
  return {
    path: file.path,
    rows: 0,
    torn: { lines: 0 },
    unreadable,
    missing: [],
    wrongType: [],
    unread: [],
    columns: [],
  };
}

async function readFile(
  database: Database,
  table: string,
  index: number,
  file: FoundFile,
  { spec, fields, time }: { spec: SourceSpec; fields: readonly ForgivingField[]; time: TimeKind },
): Promise<ReadFile> {
  const scan = await openForgivingly(database, file, spec);
  const missing: { column: string; hint?: string }[] = [];
  const wrongType: { column: string; found: string }[] = [];
  const columns = fields.map((field) => {
    const absent = { raw: "NULL::VARCHAR", cast: () => "NULL" };
    if (field.column === undefined) return absent;
    const found = columnOf(scan, field.column, spec);
    if (found === undefined) {
      missing.push({ column: String(field.column) });
      return absent;
    }
    const cast = (raw: string) => fieldSql(field, raw, found.type, { spec, time, where: file.path });
    try {
      cast("raw");
    } catch (error) {
      if (!(error instanceof ForewarnError)) throw error;
      wrongType.push({ column: String(field.column), found: found.type });
      return absent;
    }
    return { raw: rawSql(found.sql, found.type, field.kind, spec.missing), cast };
  });
  const raws = columns.map(({ raw }, i) => `${raw} AS r${i}`);
  const casts = columns.map(({ cast }, i) => `${cast(`r${i}`)} AS f${i}`);
  const isOdd = fields.map((_, i) => `r${i} IS NOT NULL AND f${i} IS NULL`);
  const pick = (of: (i: number) => string) =>
    `CASE ${isOdd.map((sql, i) => `WHEN ${sql} THEN ${of(i)}`).join(" ")} END`;
  const rows = await database.run(
    `INSERT INTO ${table} SELECT ${index}, row, ${fields.map((_, i) => `f${i}`).join(", ")}, ${pick(String)}, ${pick((i) => `left(r${i}::VARCHAR, 80)`)} FROM (SELECT *, ${casts.join(", ")} FROM (SELECT row_number() OVER () AS row, ${raws.join(", ")} FROM ${scan.from}))`,
  );
  const odd = await database.rows(
    `SELECT odd, count(*), min(row), arg_min(example, row) FROM ${table} WHERE file = ${index} AND odd IS NOT NULL GROUP BY odd ORDER BY odd`,
  );
  return {
    path: file.path,
    bytes: (await stat(file.location).catch(() => undefined))?.size,
    rows,
    torn: await scan.torn(),
    missing,
    wrongType,
    unread: odd.map(([field, count, first, example]) => ({
      column: String(fields[Number(field)].column),
      rows: Number(count),
      firstRow: Number(first),
      example: String(example),
    })),
    columns: scan.columns.map(({ name, type }) => ({ name, type })),
  };
}

function columnOf(scan: ForgivingScan, column: string | { rowNumber: true }, { renamed }: SourceSpec) {
  if (typeof column !== "string") return { sql: "row_number() OVER ()", type: "BIGINT" };
  const names = [column, ...(renamed?.[column] ?? [])];
  return names.flatMap((name) => scan.columns.find((one) => one.name === name) ?? [])[0];
}

function fieldSql(
  { kind, prefix, conversion }: ForgivingField,
  raw: string,
  type: string,
  { spec, time, where }: { spec: SourceSpec; time: TimeKind; where: string },
): string {
  const zone = spec.timeZone;
  if (kind === "instant" && time === "timestamp" && zone !== undefined && zone !== "UTC") {
    const { instant, local } = zonedParts(raw, type);
    // An hour that exists twice is the earlier one here: what is looked for is not lost by it.
    return `coalesce(CAST(${instant} AS DOUBLE), ${instantSql(candidatesSql(local, zone), "earlier")})`;
  }
  const value = castSql(kind, raw, type, { time, where, prefix });
  return conversion === undefined ? value : conversionSql(value, conversion);
}
