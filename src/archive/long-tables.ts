/** A long table, whose rows are readings of several sensors, as one table a sensor. */
import type { Telemetry } from "../core/fleet.ts";
import { literal } from "./sql.ts";
import type { LoadContext, Table } from "./table.ts";

interface LongTable extends Table {
  sensors: readonly string[];
  late: boolean;
}

/** Views of a table with f0 machine, f1 time, f2 known at, f3 the sensor, f4 its reading; the last one to be dropped drops the table. */
export async function sensorTables(
  { database }: LoadContext,
  table: LongTable,
): Promise<(LongTable & { long: string })[]> {
  const counts = await database.rows(`SELECT f3, file, count(*) FROM ${table.name} GROUP BY f3, file`);
  const tables: (LongTable & { long: string })[] = [];
  for (const [i, sensor] of table.sensors.entries()) {
    const name = `${table.name}_${i}`;
    const isIts = `f3 = ${literal(sensor)}`;
    await database.run(
      `CREATE TEMP VIEW ${name} AS SELECT file, f0, f1, f2, f4 AS f3, issue FROM ${table.name} WHERE ${isIts}`,
    );
    const last = i === table.sensors.length - 1;
    tables.push({
      ...table,
      name,
      sensors: [sensor],
      kinds: ["machine", "instant", "instant", "number"],
      long: table.name,
      dropSql: `DROP VIEW ${name}${last ? `; ${table.dropSql}` : ""}`,
      files: table.files.map((file, at) => {
        const used = counts.find(([of, index]) => of === sensor && Number(index) === at)?.[2] ?? 0;
        const rowsSql = `SELECT row, f0, f1, issue FROM (${file.rowsSql}) WHERE ${isIts}`;
        return { ...file, rowsSql, report: { ...file.report, used: Number(used) } };
      }),
    });
  }
  return tables;
}

/** Puts tables together that are parts of one long table and have the same rows: the same machines, times and instants of knowledge. */
export function joinAlike(tables: readonly { long?: string; telemetry: Telemetry }[]): Telemetry[] {
  const joined: { long?: string; telemetry: Telemetry }[] = [];
  for (const { long, telemetry } of tables) {
    const alike = joined.find(
      (one) => long !== undefined && one.long === long && haveSameRows(one.telemetry, telemetry),
    );
    if (alike === undefined) joined.push({ long, telemetry });
    else alike.telemetry = { ...alike.telemetry, sensors: { ...alike.telemetry.sensors, ...telemetry.sensors } };
  }
  return joined.map(({ telemetry }, i) => ({ ...telemetry, name: tableName(i) }));
}

/** The name of a telemetry table in a fleet. */
export function tableName(i: number): string {
  return i === 0 ? "telemetry" : `telemetry_${i + 1}`;
}

function haveSameRows(a: Telemetry, b: Telemetry): boolean {
  return isSame(a.offsets, b.offsets) && isSame(a.time, b.time) && isSame(a.knownAt, b.knownAt);
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
