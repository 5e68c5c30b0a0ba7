/** A source read by the loader's own SQL, but forgivingly: what a run refuses is counted, with where it is, and read on. */
import { stat } from "node:fs/promises";
import { columnOf, namesOf, type OpenFile } from "../archive/columns.ts";
import { ruleOf } from "../archive/contract.ts";
import type { Database } from "../archive/database.ts";
import { type Field, fieldSql, fieldType } from "../archive/field.ts";
import type { Check } from "../archive/field-findings.ts";
import { fileRows, ROW } from "../archive/file-rows.ts";
import type { FoundFile } from "../archive/find-files.ts";
import type { Scan } from "../archive/scan.ts";
import type { SourceSpec } from "../archive/spec.ts";
import { ForewarnError } from "../core/errors.ts";
import type { TimeKind } from "../core/time.ts";
import { type Fault, type FieldRepair, findFaults } from "./find-faults.ts";
import { scanForgivingly } from "./forgiving-scan.ts";

export interface ForgivingTable {
  /**
   * The database table: file (its index), row (from 1, in the order of the file), and a column f<i> a field. Rows that the contract sets
   * aside are not in it, its repairs are made; rows that it refuses are in it, and what cannot be read in them is NULL.
   */
  table: string;
  files: readonly ReadFile[];
  /** Rows of all files, also those that are set aside. */
  rows: number;
}

export interface ReadFile {
  path: string;
  /** Undefined for one that is not there. */
  bytes?: number;
  rows: number;
  /** Why it was left out altogether. */
  unreadable?: string;
  /** Columns that the source names and the file does not have. */
  missing: readonly string[];
  /** Columns of a type that their use cannot have. */
  wrongType: readonly { column: string; found: string }[];
  /** What rows hold that the contract does not allow. */
  faults: readonly Fault[];
  /** All columns of the file with their types, for a comparison of files. */
  columns: readonly { name: string; type: string }[];
}

export interface ForgivingRequest {
  spec: SourceSpec;
  /** Where the pipeline names the source. */
  name: string;
  fields: readonly Field[];
  /** Conditions over several fields that no row may meet. */
  checks: readonly Check[];
  files: readonly FoundFile[];
  time: TimeKind;
}

/** Reads every file of a source that can be opened at all. */
export async function readForgivingly(
  database: Database,
  table: string,
  request: ForgivingRequest,
): Promise<ForgivingTable> {
  const columns = request.fields.map(({ kind }, i) => `f${i} ${fieldType(kind)}`);
  await database.run(`CREATE TEMP TABLE ${table} (file UINTEGER, row UBIGINT, ${columns.join(", ")}, issue USMALLINT)`);
  const files: ReadFile[] = [];
  for (const [i, file] of request.files.entries()) {
    database.check();
    const read = await scanForgivingly(database, file, request.spec, (scan) =>
      readFile(database, { table, index: i }, { file, scan }, request),
    ).catch(async (error: unknown) => {
      await database.run(`DELETE FROM ${table} WHERE file = ${i}`);
      return unreadableFile(file, error);
    });
    files.push(read);
  }
  return { table, files, rows: files.reduce((total, { rows }) => total + rows, 0) };
}

function unreadableFile(file: FoundFile, error: unknown): ReadFile {
  if (error instanceof ForewarnError && error.code.startsWith("INTERRUPTED")) throw error;
  const unreadable =
    error instanceof ForewarnError
      ? [error.details.problem, error.details.found].filter((text) => text !== undefined).join(": ")
      : String(error instanceof Error ? error.message : error).split("\n")[0];
  return { path: file.path, rows: 0, unreadable, missing: [], wrongType: [], faults: [], columns: [] };
}

async function readFile(
  database: Database,
  { table, index }: { table: string; index: number },
  { file, scan }: { file: FoundFile; scan: Scan },
  request: ForgivingRequest,
): Promise<ReadFile> {
  const { spec, name, checks, time } = request;
  const bytes = (await stat(file.location).catch(() => undefined))?.size;
  // Nothing here asks what the file held when it was hashed.
  const open: OpenFile = { file: { ...file, bytes: bytes ?? 0, sha256: "", state: "" }, scan };
  const { fields, repairs, missing, wrongType } = usableFields(open, request);
  const made = fileRows({ spec, source: name, fields, checks }, open, time);
  const rowsSql = made.rows([ROW]);
  await database.run(`DELETE FROM ${table} WHERE file = ${index}`);
  const rows = await database.run(`INSERT INTO ${table} ${made.stored(rowsSql, [`${index} AS file`, "row"])}`);
  const faults = await findFaults(database, { table, index }, { ...made, rowsSql, fields, repairs, open });
  const aside = made.checks.flatMap(({ violation }, i) => (ruleOf(spec, violation) === "quarantine" ? [i] : []));
  if (aside.length > 0)
    await database.run(`DELETE FROM ${table} WHERE file = ${index} AND issue IN (${aside.join(", ")})`);
  return {
    path: file.path,
    ...(bytes === undefined ? {} : { bytes }),
    rows,
    missing,
    wrongType,
    faults,
    columns: scan.columns.map(({ name, type }) => ({ name, type })),
  };
}

/** The fields as the file can give them: those whose column it lacks, or has as another type, are nothing in every row. */
function usableFields(open: OpenFile, { spec, name, fields, time }: ForgivingRequest) {
  const missing: string[] = [];
  const wrongType: { column: string; found: string }[] = [];
  const repairs: FieldRepair[] = [];
  const usable = fields.map((field, i): Field => {
    const { column } = field;
    if (column === undefined) return field;
    const absent: Field = { ...field, column: undefined };
    if (typeof column === "string" && !hasColumn(open.scan, namesOf(column, spec))) {
      missing.push(column);
      return absent;
    }
    try {
      const found = fieldSql(field, i, columnOf(field, open, { spec, source: name }), spec, time);
      repairs.push(...found.repairs.map((repair) => ({ ...repair, field: i })));
      return field;
    } catch (error) {
      if (!(error instanceof ForewarnError)) throw error;
      const isType = typeConflicts.includes(error.code);
      // Of a column that is there twice the load itself says so.
      if (isType) wrongType.push({ column: String(column), found: error.details.found ?? "" });
      return absent;
    }
  });
  // Without its tag a reading is of no sensor, and its unit and range are known of none.
  const isTagless = usable.some(({ names, column }) => names !== undefined && column === undefined);
  if (!isTagless) return { fields: usable, repairs, missing, wrongType };
  return {
    fields: usable.map((field) => (field.kind === "number" ? { kind: field.kind } : field)),
    repairs: [],
    missing,
    wrongType,
  };
}

const typeConflicts: readonly string[] = ["DATA_COLUMN_TYPE", "DATA_TIME_TYPE"];

function hasColumn({ columns }: Scan, names: readonly string[]): boolean {
  return columns.some(({ name }) => names.includes(name));
}
