/** The rows that an archive's contract sets aside: kept in the database as they are met, written as one Parquet file in the end. */
import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import type { Violation } from "./contract.ts";
import type { Database } from "./database.ts";
import { literal } from "./sql.ts";

/**
 * Rows set aside, as the bytes of a Parquet file with the columns source (as the pipeline names it), file, row (its number in the file
 * from 1; the header of a CSV file is none), reason (the violation), column (the one at fault; null where it is the row as a whole) and
 * value (what it held as it was read, at most its first 1,000 characters).
 */
export interface QuarantinedRows {
  rows: number;
  parquet: Uint8Array;
}

/** Why rows of one file are set aside. */
interface Cause {
  source: string;
  file: string;
  reason: Violation;
  /** The column at fault; null where it is the row as a whole. */
  column: string | null;
}

export interface Quarantine {
  causes: Cause[];
}

/** Makes the table `quarantine` (cause, row, value), which rows are added to with the index of their cause. */
export async function createQuarantine(database: Database): Promise<Quarantine> {
  await database.run("CREATE TEMP TABLE quarantine (cause UINTEGER, row UBIGINT, value VARCHAR)");
  return { causes: [] };
}

/** The index that rows set aside for this cause are added with. */
export function addCause(quarantine: Quarantine, cause: Cause): number {
  return quarantine.causes.push(cause) - 1;
}

/** SQL of a value as the quarantine keeps it. */
export function keptValueSql(sql: string): string {
  return `left(CAST(${sql} AS VARCHAR), 1000)`;
}

/** Rows set aside of one file, by violation. */
export async function countQuarantined(database: Database, { causes }: Quarantine) {
  const counts = await database.rows("SELECT cause, count(*) FROM quarantine GROUP BY cause ORDER BY cause");
  return counts.map(([cause, rows]) => ({ ...causes[Number(cause)], rows: Number(rows) }));
}

/**
 * All rows set aside, in the order of the sources, their files and their rows; undefined where there is none.
 * @param sources the names of all sources in their order
 */
export async function quarantinedRows(
  database: Database,
  { causes }: Quarantine,
  sources: readonly string[],
): Promise<QuarantinedRows | undefined> {
  const [[rows]] = await database.rows("SELECT count(*) FROM quarantine");
  if (Number(rows) === 0) return undefined;
  const values = causes.map(({ source, file, reason, column }, i) => {
    const texts = [source, file, reason].map(literal);
    return `(${[i, sources.indexOf(source), ...texts, column === null ? "NULL::VARCHAR" : literal(column)].join(", ")})`;
  });
  const named = `(VALUES ${values.join(", ")}) AS causes(cause, place, source, file, reason, "column")`;
  const query = `SELECT source, file, CAST(row AS BIGINT) AS row, reason, "column", value FROM quarantine JOIN ${named} USING (cause) ORDER BY place, file, row, reason`;
  const [[folder]] = await database.rows("SELECT current_setting('temp_directory')");
  const path = `${folder}/quarantine-${randomUUID()}.parquet`;
  await database.run(`COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy)`);
  const bytes = await readFile(path);
  await rm(path, { force: true });
  return { rows: Number(rows), parquet: new Uint8Array(bytes) };
}
