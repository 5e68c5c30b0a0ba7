/** Keys that are doubled only where clocks go back: local times, and no copies. */
import type { Database } from "../archive/database.ts";
import { MICROS_PER_HOUR } from "../core/time.ts";
import type { TelemetryGroup } from "./telemetry-groups.ts";

/** The hours in which all doubled keys lie, each in a night to a Sunday in October or November; none where any lies elsewhere, or fewer than half of the machines have some. */
export async function doubledHours(database: Database, { view }: TelemetryGroup, machines: number): Promise<number[]> {
  const doubled = `SELECT machine, time FROM ${view} GROUP BY machine, time HAVING count(*) > 1`;
  const hours = await database.rows(
    `SELECT floor(time / ${MICROS_PER_HOUR}) AS hour, count(DISTINCT machine) FROM (${doubled}) GROUP BY hour ORDER BY hour`,
  );
  const found = hours.map(([hour, of]) => ({ at: Number(hour) * MICROS_PER_HOUR, machines: Number(of) }));
  const years = new Set(found.map(({ at }) => new Date(at / 1000).getUTCFullYear()));
  const isLocal = found.every(({ at, machines: of }) => of >= machines / 2 && mayGoBack(at));
  return isLocal && years.size === found.length ? found.map(({ at }) => at) : [];
}

function mayGoBack(instant: number): boolean {
  const date = new Date(instant / 1000);
  return date.getUTCDay() === 0 && date.getUTCHours() < 4 && [9, 10].includes(date.getUTCMonth());
}
