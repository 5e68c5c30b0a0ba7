/** What every column of a table holds, judged over all of its rows and not a sample of them. */
import type { Database } from "../archive/database.ts";
import { identifier } from "../archive/sql.ts";
import { inBatches } from "./column-batches.ts";
import { scanForgivingly } from "./forgiving-scan.ts";
import type { FoundTable } from "./list-tables.ts";

/** "flag" is a number that is 0 or 1 only; "empty" holds no value. */
export type ColumnKind = "instant" | "whole" | "number" | "flag" | "text" | "empty";

export interface ColumnProfile {
  name: string;
  kind: ColumnKind;
  /** Rows with a value. */
  filled: number;
  /** Different values, nearly. */
  distinct: number;
  /** The smallest and the largest number; undefined where there is none. */
  least?: number;
  most?: number;
  /** Where the column was stored as text or a number, whether only most and not all of its values are of its kind, and one that is not. */
  odd?: { count: number; example: string };
  /** The way its times are written, where it is not one that an archive is read by. */
  foreignTime?: string;
}

export interface TableProfile extends FoundTable {
  rows: number;
  profile: readonly ColumnProfile[];
  /** The database table that holds the rows: file (its index), and the columns c0, c1, … in the order of `profile`, texts without empty ones. */
  table: string;
}

/** Below this share of values of one kind, a column is text. */
const MOSTLY = 0.98;

/** Reads all files of a table into the database. @throws DATA_FILE_UNREADABLE */
export async function profileTable(database: Database, found: FoundTable, index: number): Promise<TableProfile> {
  const table = `inspect_${index}`;
  for (const [i, file] of found.files.entries()) {
    await scanForgivingly(database, file, found.source, async ({ columns, from, misshapen }) => {
      const values = columns.map(({ sql, type }, at) =>
        type === "VARCHAR" ? `nullif(trim(${sql}), '') AS c${at}` : `${sql} AS c${at}`,
      );
      const whole = misshapen === undefined ? "" : ` WHERE NOT (${misshapen.sql})`;
      const select = `SELECT ${i} AS file, ${values.join(", ")} FROM ${from}${whole}`;
      await database.run(
        i === 0 ? `CREATE TEMP TABLE ${identifier(table)} AS ${select}` : `INSERT INTO ${table} ${select}`,
      );
    });
  }
  const [[rows]] = await database.rows(`SELECT count(*) FROM ${table}`);
  const facts = found.columns.map(({ type }, i) => factsSql(`c${i}`, type).join(", "));
  const values = await inBatches(database, facts, table);
  const profile: ColumnProfile[] = [];
  for (const [i, { name, type }] of found.columns.entries()) {
    const of = values.slice(i * FACTS, (i + 1) * FACTS).map((value) => (value === null ? undefined : Number(value)));
    profile.push({ name, ...(await judge(database, table, `c${i}`, type, of)) });
  }
  return { ...found, rows: Number(rows), profile, table };
}

/** How many facts of a column `factsSql` asks for. */
const FACTS = 8;

function numberSql(column: string, type: string): string {
  return /^(DATE|TIMESTAMP)/.test(type) ? "NULL::DOUBLE" : `TRY_CAST(${column} AS DOUBLE)`;
}

function instantSql(column: string, type: string): string {
  if (/^(DATE|TIMESTAMP)/.test(type)) return column;
  return type === "VARCHAR" ? `TRY_CAST(${column} AS TIMESTAMPTZ)` : "NULL";
}

function factsSql(column: string, type: string): string[] {
  const n = numberSql(column, type);
  return [
    `count(${column})`,
    /^(FLOAT|DOUBLE|DECIMAL)/.test(type) ? `approx_count_distinct(${column})` : `count(DISTINCT ${column})`,
    `count(${n})`,
    `count(*) FILTER (${n} = trunc(${n}))`,
    `count(*) FILTER (${n} IN (0, 1))`,
    `count(${instantSql(column, type)})`,
    `min(${n}) FILTER (isfinite(${n}))`,
    `max(${n}) FILTER (isfinite(${n}))`,
  ];
}

async function judge(
  database: Database,
  table: string,
  column: string,
  type: string,
  facts: readonly (number | undefined)[],
): Promise<Omit<ColumnProfile, "name">> {
  const [filled = 0, distinct = 0, numbers = 0, whole, flags, instants = 0, least, most] = facts;
  const of = { filled, distinct };
  if (filled === 0) return { kind: "empty", ...of };
  const oddOnes = async (count: number, cast: string) => {
    if (count === filled) return {};
    const [[example]] = await database.rows(
      `SELECT any_value(${column}::VARCHAR) FROM ${table} WHERE ${column} IS NOT NULL AND ${cast} IS NULL`,
    );
    return { odd: { count: filled - count, example: String(example) } };
  };
  if (instants >= MOSTLY * filled) {
    return { kind: "instant", ...of, ...(await oddOnes(instants, instantSql(column, type))) };
  }
  if (numbers >= MOSTLY * filled) {
    const kind = flags === filled ? "flag" : whole === numbers ? "whole" : "number";
    return { kind, ...of, least, most, ...(await oddOnes(numbers, numberSql(column, type))) };
  }
  const foreignTime = type === "VARCHAR" ? await foreignTimeOf(database, table, column, filled) : undefined;
  return foreignTime === undefined ? { kind: "text", ...of } : { kind: "instant", ...of, foreignTime };
}

/** Ways of writing times that need to be rewritten before they are read. */
const foreignTimes: Readonly<Record<string, string>> = {
  "%d.%m.%Y %H:%M:%S": "31.12.2025 23:59:59",
  "%d.%m.%Y %H:%M": "31.12.2025 23:59",
  "%d.%m.%Y": "31.12.2025",
  "%m/%d/%Y %H:%M:%S": "12/31/2025 23:59:59",
  "%m/%d/%Y %H:%M": "12/31/2025 23:59",
  "%m/%d/%Y %I:%M:%S %p": "12/31/2025 11:59:59 PM",
  "%m/%d/%Y": "12/31/2025",
  "%d/%m/%Y %H:%M:%S": "31/12/2025 23:59:59",
  "%d/%m/%Y %H:%M": "31/12/2025 23:59",
  "%d/%m/%Y": "31/12/2025",
};

async function foreignTimeOf(database: Database, table: string, column: string, filled: number) {
  const [[sample]] = await database.rows(`SELECT any_value(${column}) FROM ${table}`);
  if (!/^\d{1,2}[./]\d{1,2}[./]\d{4}/.test(String(sample))) return undefined;
  for (const [format, example] of Object.entries(foreignTimes)) {
    const [[count]] = await database.rows(`SELECT count(try_strptime(${column}, '${format}')) FROM ${table}`);
    if (Number(count) >= MOSTLY * filled) return example;
  }
  return undefined;
}
