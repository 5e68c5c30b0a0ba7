/** Rows that agree in their key: refused with both their places, or settled as the contract says. */
import { ForewarnError } from "../core/errors.ts";
import { ruleOf } from "./contract.ts";
import type { Database } from "./database.ts";
import { fieldType } from "./field.ts";
import { saidKnownSql } from "./known-at.ts";
import { moveToQuarantine } from "./set-aside.ts";
import { literal } from "./sql.ts";
import type { LoadContext, Table } from "./table.ts";

export interface DuplicateRows {
  /** The values, by column, in which the first two rows agree. */
  key: Readonly<Record<string, string | number>>;
  /** The two rows in words. */
  found: string;
}

/** An error for rows that agree in the fields of a key: which rows of which files the first two are, and how many more there are. */
export async function duplicate(
  database: Database,
  table: Table,
  { key, found }: DuplicateRows,
): Promise<ForewarnError> {
  const same = Object.entries(key).map(([column, value]) => {
    if (typeof value === "string") return `coalesce(${column}, '') = ${literal(value)}`;
    return Number.isFinite(value) ? `${column} = ${value}::DOUBLE` : `${column} IS NULL`;
  });
  const places: string[] = [];
  for (const file of table.files) {
    const rows = await database.rows(
      `SELECT row FROM (${file.rowsSql}) WHERE issue IS NULL AND ${same.join(" AND ")} ORDER BY row LIMIT 2`,
    );
    for (const [row] of rows) places.push(await file.placeOf(Number(row)));
    if (places.length >= 2) break;
  }
  const [[repeated]] = await database.rows(
    `SELECT CAST(coalesce(sum(rows - 1), 0) AS DOUBLE) FROM (SELECT count(*) AS rows FROM ${table.name} GROUP BY ${Object.keys(key).join(", ")})`,
  );
  const more = Number(repeated) - 1;
  return new ForewarnError("DATA_DUPLICATE", {
    problem: "two rows have the same key",
    expected: "each key once",
    found: more < 1 ? found : `${found}, and ${more} more row${more === 1 ? " repeats" : "s repeat"} another's key`,
    where: places.slice(0, 2).join("; "),
    hint: 'remove one of them, leave out a file that repeats another, or set rules: { duplicate: "quarantine" or "latestKnown" }',
  });
}

/** Whether rows of the same key are settled before the table is sorted; where not, whoever sorts it refuses them. */
export function settlesDuplicates({ rules }: Parameters<typeof ruleOf>[0]): boolean {
  return ruleOf({ rules }, "duplicate") !== "refuse";
}

/**
 * Leaves one row a key in a tracked table whose contract says so. "quarantine": rows that agree in all that is read are one row and its
 * copies; where they contradict each other, all are set aside, since nothing says which is right. "latestKnown": the row that became
 * known last stays, if there is one such row or all such rows agree. NaN is a missing value as any.
 * @param key the columns of the key; a missing value equals another
 */
export async function settleDuplicates(context: LoadContext, table: Table, key: readonly string[]): Promise<void> {
  if (!table.files.some(({ spec }) => settlesDuplicates(spec))) return;
  const { database } = context;
  const latest = table.files.some(({ spec }) => ruleOf(spec, "duplicate") === "latestKnown");
  const missing = (column: string, i: number) =>
    fieldType(table.kinds[i]) === "DOUBLE" ? `nullif(${column}, 'NaN'::DOUBLE) AS ${column}` : column;
  const columns = table.kinds.map((_, i) => `f${i}`);
  const values = columns.filter((column) => !key.includes(column));
  const keys = key.join(", ");
  await database.run(
    `CREATE TEMP TABLE repeated AS SELECT file, row, ${columns.map(missing).join(", ")} FROM ${table.name} SEMI JOIN (SELECT ${keys} FROM ${table.name} GROUP BY ${keys} HAVING count(*) > 1) AS twice ON ${key.map((column) => `${table.name}.${column} IS NOT DISTINCT FROM twice.${column}`).join(" AND ")}`,
  );
  const repeating = (await database.rows("SELECT DISTINCT file FROM repeated ORDER BY file")).map(([file]) =>
    Number(file),
  );
  await database.run("CREATE TEMP TABLE known (file UINTEGER, row UBIGINT, known DOUBLE)");
  // The table holds the later of its time and when it became known; which row is the newest is said by the latter alone.
  for (const file of latest ? repeating : []) {
    const { rowsSql, spec } = table.files[file];
    const mine = `row IN (SELECT row FROM repeated WHERE file = ${file})`;
    await database.run(
      `INSERT INTO known SELECT ${file}, row, ${saidKnownSql(spec, context.time)} FROM (${rowsSql}) WHERE ${mine}`,
    );
  }
  const newest = `SELECT *, max(known) OVER (PARTITION BY ${keys}) AS newest FROM repeated LEFT JOIN known USING (file, row)`;
  const whole = `row(${[...values, "0"].join(", ")})`;
  const counted = `SELECT file, row, count(DISTINCT ${whole}) OVER (PARTITION BY ${keys}) AS versions, row_number() OVER (PARTITION BY ${keys} ORDER BY file, row) AS place FROM (${newest}) WHERE known IS NOT DISTINCT FROM newest`;
  await database.run(
    `CREATE TEMP TABLE settled AS SELECT file, row FROM (${counted}) WHERE versions = 1 AND place = 1`,
  );
  for (const file of repeating) {
    const inFile = (name: string) => `(SELECT row FROM ${name} WHERE file = ${file})`;
    const sql = `row IN ${inFile("repeated")} AND row NOT IN ${inFile("settled")}`;
    await moveToQuarantine(context, table, file, { violation: "duplicate", sql, field: -1 });
  }
  await database.run("DROP TABLE repeated; DROP TABLE known; DROP TABLE settled");
}
