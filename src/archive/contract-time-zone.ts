/** Local times of a time zone to instants: a local time that exists twice or not at all is seen. */
import type { Database } from "./database.ts";
import { identifier } from "./sql.ts";

/** From one change of a zone's clocks on the local times to the next, the offsets that a time can have had. */
interface LocalSpan {
  /** The first local time, in microseconds as if it were UTC. */
  from: number;
  /** The offset before and after the change of the clocks beside it, in microseconds; the same where a time is unique. */
  before: number;
  after: number;
}

/** The instant of a local time as DOUBLE, from its candidates: NULL where they differ, or the one that `otherwise` picks. */
export function instantSql(
  [before, after]: readonly [before: string, after: string],
  otherwise: "earlier" | "later" | undefined,
): string {
  const rest =
    otherwise === undefined ? "" : ` ELSE ${otherwise === "earlier" ? "least" : "greatest"}(${before}, ${after})`;
  return `CAST(CASE WHEN ${before} = ${after} THEN ${before}${rest} END AS DOUBLE)`;
}

/**
 * Makes the table that `zoneJoin` reads: for each day that can be counted the span at its start, the span at its end and the one before
 * that. No day has two changes of the clocks.
 */
export async function createTimeZone(database: Database, zone: string): Promise<void> {
  const spans = localSpans(zone).map(({ from, before, after }) => {
    const numbers = [Math.max(from, -LAST * 1_000), before, after];
    return `(${numbers.map((number) => `${number}::BIGINT`).join(", ")})`;
  });
  const all = `SELECT *, coalesce(lag(since) OVER before, since) AS prior_since, coalesce(lag(lead) OVER before, lead) AS prior_lead, coalesce(lag(trail) OVER before, trail) AS prior_trail FROM (VALUES ${spans.join(", ")}) AS spans(since, lead, trail) WINDOW before AS (ORDER BY since)`;
  const days = `SELECT day, day * ${DAY_MICROS} AS dawn, (day + 1) * ${DAY_MICROS} - 1 AS dusk FROM range(-105000, 105000) AS days(day)`;
  await database.run(
    `CREATE TEMP TABLE ${zoneTable(zone)} AS WITH spans AS (${all}), days AS (${days}) SELECT days.day, a.lead AS first_lead, a.trail AS first_trail, z.* FROM days ASOF JOIN spans AS a ON days.dawn >= a.since ASOF JOIN spans AS z ON days.dusk >= z.since`,
  );
}

/**
 * The two instants that a local time can be, by a join with the zone's table: with the offset before and with that after a change of the
 * clocks. They are the same where it is one instant only; where the earlier one is the second of them, it does not exist.
 * @param local a column of local times as microseconds (BIGINT)
 */
export function zoneJoin(local: string, zone: string): { join: string; before: string; after: string } {
  const name = `zone_of_${local}`;
  const instant = (offset: "lead" | "trail") =>
    `(${local} - CASE WHEN ${local} >= ${name}.since THEN ${name}.${offset} WHEN ${local} >= ${name}.prior_since THEN ${name}.prior_${offset} ELSE ${name}.first_${offset} END)`;
  const day = `CAST(floor(${local} / ${DAY_MICROS}) AS BIGINT)`;
  return {
    join: `LEFT JOIN ${zoneTable(zone)} AS ${name} ON ${name}.day = ${day}`,
    before: instant("lead"),
    after: instant("trail"),
  };
}

function zoneTable(zone: string): string {
  return identifier(`days of ${zone}`);
}

/** Whether a source has a time zone whose clocks are not those of UTC. */
export function hasTimeZone<T extends { timeZone?: string }>(spec: T): spec is T & { timeZone: string } {
  return spec.timeZone !== undefined && spec.timeZone !== "UTC";
}

/** Whether a time zone is known by that name. */
export function isTimeZone(zone: unknown): boolean {
  if (typeof zone !== "string" || !/^[A-Za-z]/.test(zone)) return false;
  try {
    return offsetAt(zone)(0) !== undefined;
  } catch {
    return false;
  }
}

const SECOND = 1_000;
const DAY = 86_400_000;
const DAY_MICROS = DAY * 1_000;
/** Clocks were local to every town before, and what can be counted ends in 2255. */
const [FIRST, LAST] = [Date.UTC(1840, 0), Date.UTC(2256, 0)];
/** No zone has changed its clocks and taken it back in less. */
const STEP = 7 * DAY;

const known = new Map<string, readonly LocalSpan[]>();

function localSpans(zone: string): readonly LocalSpan[] {
  const spans = known.get(zone) ?? findSpans(offsetAt(zone));
  known.set(zone, spans);
  return spans;
}

function findSpans(offset: (instant: number) => number): LocalSpan[] {
  let before = offset(FIRST);
  const spans = [{ from: Number.NEGATIVE_INFINITY, before: before * 1_000, after: before * 1_000 }];
  for (let instant = FIRST; instant < LAST; instant += STEP) {
    const after = offset(instant + STEP);
    if (after === before) continue;
    let [low, high] = [instant, instant + STEP];
    while (high - low > SECOND) {
      const middle = Math.floor((low + high) / 2 / SECOND) * SECOND;
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    const ends = [high + Math.min(before, after), high + Math.max(before, after)];
    spans.push({ from: ends[0] * 1_000, before: before * 1_000, after: after * 1_000 });
    spans.push({ from: ends[1] * 1_000, before: after * 1_000, after: after * 1_000 });
    before = after;
  }
  return spans;
}

/** How far a zone's clocks are from UTC at an instant, both in milliseconds. @throws RangeError for a zone that is not known */
function offsetAt(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  return (instant) => {
    const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(instant));
    const [, sign, hours = "0", minutes = "0", seconds = "0"] = match ?? [];
    const length = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * SECOND;
    return sign === "-" ? -length : length;
  };
}
