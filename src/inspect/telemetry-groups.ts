/** The telemetry of a forgivingly read archive as the loader sees it: sources with the same sensors are one table. */
import type { Database } from "../archive/database.ts";
import { isLong, sensorsOf } from "../archive/long.ts";
import { identifier, literal } from "../archive/sql.ts";
import { compareBytes } from "../core/order.ts";
import { FIRST_SENSOR, type ForgivingSource, KNOWN_AT, MACHINE, TIME } from "./forgiving-fleet.ts";

export interface TelemetryGroup {
  /** The names of its sources: "telemetry", "telemetry[0], telemetry[1]". */
  name: string;
  sources: readonly ForgivingSource[];
  sensors: readonly string[];
  /** The view over all rows with a machine and a time: source, file, row, machine, time, known, s0, s1, … */
  allRows: string;
  /** Of them those whose time can be true: not before 1990, not more than a day in the future. */
  view: string;
  /** The rows of `view`. */
  rows: number;
}

/** A clock that shows an earlier time was never set. */
export const UNSET_BEFORE = 631_152_000_000_000;
/** Clocks may differ by this much. */
export const DAY = 86_400_000_000;

/** @param now the present, in microseconds since the epoch; undefined for counters */
export async function telemetryGroups(
  database: Database,
  sources: readonly ForgivingSource[],
  now: number | undefined,
): Promise<TelemetryGroup[]> {
  const bySensors = new Map<string, Part[]>();
  for (const source of sources) {
    if (source.role !== "telemetry") continue;
    for (const part of partsOf(source)) {
      const key = JSON.stringify([...part.sensors].sort(compareBytes));
      bySensors.set(key, [...(bySensors.get(key) ?? []), part]);
    }
  }
  const groups: TelemetryGroup[] = [];
  for (const parts of bySensors.values()) {
    const view = `telemetry_view_${groups.length}`;
    const { sensors } = parts[0];
    const selects = parts.map((part, i) => selectOf(part, i, sensors));
    const allRows = `${view}_all`;
    await database.run(
      `CREATE TEMP VIEW ${allRows} AS SELECT * FROM (${selects.join(" UNION ALL ")}) WHERE machine IS NOT NULL AND isfinite(time)`,
    );
    const credible = now === undefined ? "true" : `time BETWEEN ${UNSET_BEFORE} AND ${now + DAY}`;
    await database.run(`CREATE TEMP VIEW ${view} AS SELECT * FROM ${allRows} WHERE ${credible}`);
    const [[rows]] = await database.rows(`SELECT count(*) FROM ${view}`);
    const name = [...new Set(parts.map(({ source }) => source.name))].join(", ");
    groups.push({ name, sources: parts.map(({ source }) => source), sensors, allRows, view, rows: Number(rows) });
  }
  return groups;
}

/** The rows of a source that share their sensors: all of them, or those of one sensor where each row is one reading. */
interface Part {
  source: ForgivingSource;
  sensors: readonly string[];
  /** SQL of each sensor. */
  columns: readonly string[];
  /** The rows, as a condition. */
  where: string;
}

function partsOf(source: ForgivingSource): Part[] {
  const sensors = sensorsOf(source.spec);
  if (!isLong(source.spec.sensors))
    return [{ source, sensors, columns: sensors.map((_, i) => `f${FIRST_SENSOR + i}`), where: "true" }];
  return sensors.map((sensor) => ({
    source,
    sensors: [sensor],
    columns: [`f${FIRST_SENSOR + 1}`],
    where: `f${FIRST_SENSOR} = ${literal(sensor)}`,
  }));
}

function selectOf({ source, sensors, columns, where }: Part, i: number, order: readonly string[]): string {
  const readings = order.map((sensor, at) => `${columns[sensors.indexOf(sensor)]} AS s${at}`);
  const known = `greatest(${TIME}, coalesce(${KNOWN_AT}, ${TIME})) AS known`;
  const keys = [`${i} AS source`, "file", "row", `${MACHINE} AS machine`, `${TIME} AS time`, known];
  return `SELECT ${[...keys, ...readings].join(", ")} FROM ${identifier(source.table)} WHERE ${where}`;
}

/** All machines with telemetry, sorted by bytes. */
export async function telemetryMachines(database: Database, groups: readonly TelemetryGroup[]): Promise<string[]> {
  if (groups.length === 0) return [];
  const all = groups.map(({ view }) => `SELECT DISTINCT machine FROM ${view}`).join(" UNION ");
  return (await database.rows(`SELECT machine FROM (${all}) ORDER BY machine`)).map(([machine]) => String(machine));
}
