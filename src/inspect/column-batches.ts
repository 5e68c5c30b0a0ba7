/** Aggregates over many columns, some columns a statement: one statement for all of them holds the states of all at once. */
import type { Database } from "../archive/database.ts";

const COLUMNS_A_STATEMENT = 16;

/** The values of the aggregates over the rows of a table or view, in their order. @param aggregates of SQL, one or several for each column */
export async function inBatches(
  database: Database,
  aggregates: readonly string[],
  from: string,
): Promise<Awaited<ReturnType<Database["rows"]>>[number]> {
  const values: Awaited<ReturnType<Database["rows"]>>[number] = [];
  for (let first = 0; first < aggregates.length; first += COLUMNS_A_STATEMENT) {
    const asked = aggregates.slice(first, first + COLUMNS_A_STATEMENT).join(", ");
    values.push(...(await database.rows(`SELECT ${asked} FROM ${from}`))[0]);
  }
  return values;
}
