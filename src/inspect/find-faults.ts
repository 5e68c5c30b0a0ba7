/** What the rows of a file hold that the contract does not allow: how often, where first, and an example. */
import type { OpenFile } from "../archive/columns.ts";
import type { Violation } from "../archive/contract.ts";
import type { Database } from "../archive/database.ts";
import type { Field, Repair } from "../archive/field.ts";
import type { Check } from "../archive/field-findings.ts";
import { rowPlace } from "../archive/row-place.ts";

export interface Fault {
  violation: Violation;
  /** The column; "" for a line as a whole. */
  column: string;
  /** Where a row is one reading: the sensor that it is of. */
  sensor?: string;
  rows: number;
  /** The file, and the line or row of the first one. */
  where: string;
  /** What that one holds, as it was read. */
  example: string;
}

/** A repair, and the field that it is made in, as an index. */
export interface FieldRepair extends Repair {
  field: number;
}

interface ReadRows {
  /** SQL of the rows, as `FileRows` makes it. */
  rowsSql: string;
  checks: readonly Check[];
  repairs: readonly FieldRepair[];
  columns: readonly string[];
  fields: readonly Field[];
  open: OpenFile;
}

/** A condition over rows, and the field it is about. */
interface Suspicion {
  violation: Violation;
  field: number;
  sql: string;
}

/** @param stored the table that holds the rows of all files, and the index of this one */
export async function findFaults(
  database: Database,
  stored: { table: string; index: number },
  read: ReadRows,
): Promise<Fault[]> {
  const { repairs, checks } = read;
  const [[issues]] = await database.rows(`SELECT count(issue) FROM ${stored.table} WHERE file = ${stored.index}`);
  if (issues === 0n && repairs.length === 0) return [];
  const suspicions = [...checks.map((check, i) => checkSuspicion(check, i, checks)), ...repairs.map(repairSuspicion)];
  const isFaulty = ["issue IS NOT NULL", ...repairs.map(({ sql }) => `(${sql})`)].join(" OR ");
  await database.run(`CREATE OR REPLACE TEMP TABLE faulty AS SELECT * FROM (${read.rowsSql}) WHERE ${isFaulty}`);
  const counted = suspicions.map(({ sql }) => `count(*) FILTER (${sql})`);
  const [counts] = await database.rows(`SELECT ${counted.join(", ")} FROM faulty`);
  const faults: Fault[] = [];
  for (const [i, suspicion] of suspicions.entries()) {
    if (counts[i] !== 0n) faults.push(...(await faultsOf(database, suspicion, read)));
  }
  await database.run("DROP TABLE faulty");
  return faults;
}

/** A row without a part of its key counts once, and one that is no whole line for nothing else. */
function checkSuspicion({ violation, field, sql }: Check, i: number, checks: readonly Check[]): Suspicion {
  const isSole = violation === "missingKey" || violation === "outOfOrder" || violation === "brokenLine";
  if (isSole) return { violation, field, sql: `issue = ${i}` };
  const broken = checks.findIndex((check) => check.violation === "brokenLine");
  return { violation, field, sql: `(${sql}) AND issue IS DISTINCT FROM ${broken}` };
}

/** Repairs are made in rows that are else good. */
function repairSuspicion({ violation, field, sql }: FieldRepair): Suspicion {
  return { violation, field, sql: `issue IS NULL AND (${sql})` };
}

async function faultsOf(
  database: Database,
  { violation, field, sql }: Suspicion,
  { fields, columns, open }: ReadRows,
): Promise<Fault[]> {
  const tag = fields.findIndex(({ names }) => names !== undefined);
  const isReading = tag !== -1 && fields[field]?.kind === "number";
  const sensor = isReading ? `f${tag}` : "NULL::VARCHAR";
  // What a tag that stands for no sensor measures is none of the fleet's.
  const known = isReading ? ` AND f${tag} IS NOT NULL` : "";
  const found = field === -1 ? "shape" : `r${field}`;
  const rows = await database.rows(
    `SELECT ${sensor} AS sensor, count(*), min(row), arg_min(left(CAST(${found} AS VARCHAR), 80), row) FROM faulty WHERE ${sql}${known} GROUP BY sensor ORDER BY sensor`,
  );
  const faults: Fault[] = [];
  for (const [sensor, count, first, example] of rows) {
    faults.push({
      violation,
      column: field === -1 ? "" : columns[field],
      ...(sensor === null ? {} : { sensor: String(sensor) }),
      rows: Number(count),
      where: await rowPlace(open.file, open.scan, Number(first)),
      example: example === null ? "" : String(example),
    });
  }
  return faults;
}
