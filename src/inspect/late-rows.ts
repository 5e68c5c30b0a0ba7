/** How late the rows of a source become known, from its `knownAt` column. */
import type { Database } from "../archive/database.ts";
import { identifier } from "../archive/sql.ts";
import { type ForgivingSource, KNOWN_AT, TIME } from "./forgiving-fleet.ts";

export interface LateFacts {
  source: string;
  /** Rows with both instants. */
  rows: number;
  /** Rows known before they happened: two clocks that differ. */
  tooEarly: number;
  /** The 50 %, 90 % and 99 % quantile and the largest of knownAt - time, in the fleet's time unit. */
  median: number;
  ninety: number;
  ninetyNine: number;
  most: number;
}

/** Undefined where the source has no `knownAt` or no row with one. */
export async function lateRows(database: Database, source: ForgivingSource): Promise<LateFacts | undefined> {
  if (source.spec.knownAt === undefined || !["telemetry", "events"].includes(source.role)) return undefined;
  const [[rows, early, quantiles, most]] = await database.rows(
    `SELECT count(late), count(*) FILTER (late < 0), quantile_disc(late, [0.5, 0.9, 0.99]), max(late) FROM (SELECT ${KNOWN_AT} - ${TIME} AS late FROM ${identifier(source.table)}) WHERE late IS NOT NULL`,
  );
  if (Number(rows) === 0) return undefined;
  const [median, ninety, ninetyNine] = (quantiles as unknown as number[]).map(Number);
  return {
    source: source.name,
    rows: Number(rows),
    tooEarly: Number(early),
    median,
    ninety,
    ninetyNine,
    most: Number(most),
  };
}
