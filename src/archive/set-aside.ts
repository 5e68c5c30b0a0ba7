/** Rows that turn out to break the contract only beside others, once they are in their table: set aside, or refused. */
import { ForewarnError } from "../core/errors.ts";
import { ruleHint, ruleOf } from "./contract.ts";
import type { Check } from "./field-findings.ts";
import { addCause, keptValueSql } from "./quarantine.ts";
import type { LoadContext, Table, TableFile } from "./table.ts";

/**
 * Sets aside the rows of a tracked table for which the condition holds, or lets them be, as the rule of each one's source says.
 * @param check its SQL is a condition over the table; its field is the one that names the rows' fault
 * @throws the code of the check for the first row that is to be refused.
 */
export async function setAside(context: LoadContext, table: Table, check: Check): Promise<void> {
  const { violation, sql } = check;
  if (table.files.every(({ spec }) => ruleOf(spec, violation) === "keep")) return;
  const found = await context.database.rows(
    `SELECT file, min(row) FROM ${table.name} WHERE ${sql} GROUP BY file ORDER BY file`,
  );
  for (const [index, first] of found) {
    const file = table.files[Number(index)];
    const rule = ruleOf(file.spec, violation);
    if (rule === "refuse") throw await refusal(context, file, Number(first), check);
    if (rule === "quarantine") await moveToQuarantine(context, table, Number(index), check);
  }
}

/** Sets aside the rows of one file of a tracked table for which the condition holds; field -1 is the row as a whole. */
export async function moveToQuarantine(
  { database, quarantine }: LoadContext,
  table: Table,
  index: number,
  { violation, sql, field }: Pick<Check, "violation" | "sql" | "field">,
): Promise<void> {
  const file = table.files[index];
  const column = field === -1 ? null : file.columns[field];
  const cause = addCause(quarantine, { source: file.source, file: file.report.path, reason: violation, column });
  const value = field === -1 ? "NULL" : keptValueSql(`r${field}`);
  const mine = `file = ${index} AND (${sql})`;
  await database.run(
    `INSERT INTO quarantine SELECT ${cause}, row, ${value} FROM (${file.rowsSql}) WHERE row IN (SELECT row FROM ${table.name} WHERE ${mine})`,
  );
  await database.run(`DELETE FROM ${table.name} WHERE ${mine}`);
}

async function refusal({ database }: LoadContext, file: TableFile, row: number, check: Check) {
  const { code, problem, expected, violation, field } = check;
  const [[found]] = await database.rows(`SELECT CAST(r${field} AS VARCHAR) FROM (${file.rowsSql}) WHERE row = ${row}`);
  return new ForewarnError(code, {
    problem,
    expected,
    found: JSON.stringify(found),
    where: `${await file.placeOf(row)}, column \`${file.columns[field]}\``,
    hint: ruleHint(violation),
  });
}
