/** Which column of each table holds the machines: found in the telemetry first, then by the names that tables share. */
import type { Database } from "../archive/database.ts";
import { machineSign } from "./name-signs.ts";
import type { ColumnProfile, TableProfile } from "./profile-table.ts";

/** A column with more values than this is no machine column. */
const MOST_MACHINES = 100_000;

export function mayBeMachine({ kind, distinct, filled }: ColumnProfile, rows: number): boolean {
  return (kind === "text" || kind === "whole") && distinct <= MOST_MACHINES && filled >= 0.9 * rows && distinct >= 1;
}

/** The machine names of a column, as an archive reads them. */
export async function machineNames(database: Database, { table }: TableProfile, column: number): Promise<Set<string>> {
  const name = `regexp_replace(c${column}::VARCHAR, '^0+([0-9]+)$', '\\1')`;
  const rows = await database.rows(`SELECT DISTINCT ${name} FROM ${table} WHERE c${column} IS NOT NULL`);
  return new Set(rows.map(([machine]) => String(machine)));
}

/** The machine column of a telemetry table whose time column is known: the one most called so. Undefined where none is. */
export function telemetryMachine(
  table: TableProfile,
  time: number,
  sharedNames: ReadonlySet<string>,
): number | undefined {
  const candidates = table.profile.flatMap((column, i) =>
    i !== time && mayBeMachine(column, table.rows) && column.distinct < 0.5 * table.rows ? [i] : [],
  );
  const score = (i: number) => {
    const { name, kind } = table.profile[i];
    return (
      2 * machineSign(name) +
      (kind === "text" ? 1 : 0) +
      (sharedNames.has(name) ? 1 : 0) +
      (table.headless && i === 0 ? 2 : 0)
    );
  };
  const best = candidates.sort((a, b) => score(b) - score(a) || a - b)[0];
  return best === undefined || score(best) < 2 ? undefined : best;
}

/** The column of a table whose values are machines of the fleet, and the share of them that are. */
export async function columnOfMachines(
  database: Database,
  table: TableProfile,
  fleet: ReadonlySet<string>,
  fleetName: string,
): Promise<{ column: number; known: number } | undefined> {
  let best: { column: number; known: number; score: number } | undefined;
  for (const [column, profile] of table.profile.entries()) {
    if (!mayBeMachine(profile, table.rows)) continue;
    const names = await machineNames(database, table, column);
    let [known, reached] = [0, 0];
    for (const name of names) if (fleet.has(name)) known++;
    for (const name of fleet) if (names.has(name)) reached++;
    const overlap = Math.max(known / Math.max(1, names.size), reached / Math.max(1, fleet.size));
    const sign = profile.name === fleetName ? 4 : machineSign(profile.name);
    // Whole numbers from 1 on are in many columns: there the name has to say it too.
    const score = sign + (profile.kind === "text" ? 2 : 0) + 2 * overlap;
    // A column of the same name holds machines even where they are written in another way: that is for the check to find.
    if (overlap < 0.3 && sign < 4) continue;
    if (profile.kind === "whole" && sign === 0 && !table.headless) continue;
    if (best === undefined || score > best.score) best = { column, known: known / Math.max(1, names.size), score };
  }
  return best;
}
