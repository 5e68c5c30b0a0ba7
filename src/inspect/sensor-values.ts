/** Where a sensor's values lie, and which of them lie so far outside that they are no reading of it. */
import type { Database } from "../archive/database.ts";
import { inBatches } from "./column-batches.ts";
import type { TelemetryGroup } from "./telemetry-groups.ts";

export interface SensorValues {
  sensor: string;
  /** The 1 %, 50 % and 99 % quantile; undefined without a reading. */
  low?: number;
  middle?: number;
  high?: number;
  /** Values far outside: farther from the quartiles than ten times their distance. */
  far?: {
    readings: number;
    least: number;
    most: number;
    /** The most frequent of them, where it makes up half of them or more: a stand-in for "no reading"? */
    standIn?: number;
    /** The smallest and the largest value that is not far outside. */
    inside: readonly [number, number];
  };
}

/** Above this many rows quantiles are approximate. */
const EXACT_ROWS = 5_000_000;

export async function sensorValues(database: Database, group: TelemetryGroup): Promise<SensorValues[]> {
  const { view, sensors, rows } = group;
  if (rows === 0) return sensors.map((sensor) => ({ sensor }));
  const quantiles = "[0.01, 0.25, 0.5, 0.75, 0.99]";
  const asked = sensors.map((_, i) => {
    const finite = `s${i} FILTER (isfinite(s${i}))`;
    return rows > EXACT_ROWS
      ? `approx_quantile(${finite.replace(" FILTER", `, ${quantiles}) FILTER`)}`
      : `quantile_disc(s${i}, ${quantiles}) FILTER (isfinite(s${i}))`;
  });
  const answers = await inBatches(database, asked, view);
  const found = answers.map((answer) => (answer as unknown as number[] | null)?.map(Number));
  const outside = found.map((quantiles, i) => quantiles && outsideSql(`s${i}`, quantiles[1], quantiles[3]));
  // Asked of many sensors at once; few have any, and only they are looked at one by one.
  const counts = await inBatches(
    database,
    outside.map((sql, i) => (sql === undefined ? "0" : `count(*) FILTER (isfinite(s${i}) AND ${sql})`)),
    view,
  );
  const all: SensorValues[] = [];
  for (const [i, sensor] of sensors.entries()) {
    const quantilesOf = found[i];
    if (quantilesOf === undefined) {
      all.push({ sensor });
      continue;
    }
    const [low, , middle, , high] = quantilesOf;
    const sql = outside[i];
    const far =
      sql === undefined || Number(counts[i]) === 0 ? undefined : await farValues(database, view, `s${i}`, sql);
    all.push({ sensor, low, middle, high, ...(far === undefined ? {} : { far }) });
  }
  return all;
}

/** How many times the distance of the quartiles a value must lie beyond them. */
const FAR = 10;

function outsideSql(column: string, first: number, third: number): string | undefined {
  const width = FAR * (third - first);
  if (!(width > 0)) return undefined;
  return `(${column} < ${first - width}::DOUBLE OR ${column} > ${third + width}::DOUBLE)`;
}

async function farValues(database: Database, view: string, column: string, outside: string) {
  const [[readings, least, most, frequent, times, insideLeast, insideMost]] = await database.rows(
    `SELECT count(*) FILTER (${outside}), min(${column}) FILTER (${outside}), max(${column}) FILTER (${outside}), mode(${column}) FILTER (${outside}), (SELECT max(n) FROM (SELECT count(*) AS n FROM ${view} WHERE isfinite(${column}) AND ${outside} GROUP BY ${column})), min(${column}) FILTER (NOT ${outside}), max(${column}) FILTER (NOT ${outside}) FROM ${view} WHERE isfinite(${column})`,
  );
  const count = Number(readings);
  const isStandIn = Number(times) >= 2 && Number(times) >= count / 2;
  return {
    readings: count,
    least: Number(least),
    most: Number(most),
    ...(isStandIn ? { standIn: Number(frequent) } : {}),
    inside: [Number(insideLeast), Number(insideMost)] as const,
  };
}
