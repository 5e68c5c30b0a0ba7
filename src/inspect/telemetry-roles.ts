/** Which tables of a folder are telemetry, by their columns and rows, and what their columns are for. */
import type { Database } from "../archive/database.ts";
import type { TimeKind } from "../core/time.ts";
import { telemetryMachine } from "./machine-columns.ts";
import {
  aggregateOf,
  eventRole,
  isCounterName,
  isOutcomeName,
  isRowIdName,
  isTagName,
  isValueName,
  kindSign,
  timeSign,
  timeUse,
  wordsOf,
} from "./name-signs.ts";
import type { TableProfile } from "./profile-table.ts";
import type { LeftOut } from "./proposal.ts";

export interface TelemetryRole {
  table: TableProfile;
  /** Columns by index. */
  machine: number;
  time: number;
  knownAt?: number;
  timeKind: TimeKind;
  /** The sensor columns, by index; of a table with one reading a row none. */
  sensors: readonly number[];
  /** Where each row is one reading of one sensor. */
  long?: { tag: number; value: number; tags: readonly string[] };
  /** The sensors' names by columns that are called otherwise than in another table. */
  renamed?: Readonly<Record<string, string>>;
  leftOut: readonly LeftOut[];
}

const telemetryName = /\b(telemetry|sensors?|readings?|measurements?|signals?|scada|historian|train|test|timeseries)\b/;
/** A table with fewer rows is no telemetry. */
const FEWEST_ROWS = 20;
const MOST_TAGS = 500;

/** Telemetry tables, those with the most rows first. */
export async function telemetryRoles(database: Database, tables: readonly TableProfile[]): Promise<TelemetryRole[]> {
  const names = tables.flatMap((table) => [...new Set(table.profile.map(({ name }) => name))]);
  const shared = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  const found: TelemetryRole[] = [];
  for (const table of tables.toSorted((a, b) => b.rows - a.rows)) {
    const role = await telemetryRole(database, table, shared);
    if (role !== undefined) found.push(role);
  }
  return found;
}

async function telemetryRole(
  database: Database,
  table: TableProfile,
  shared: ReadonlySet<string>,
): Promise<TelemetryRole | undefined> {
  if (table.rows < FEWEST_ROWS || isEventTable(table)) return undefined;
  const clock = await timeColumn(database, table, shared);
  if (clock === undefined) return undefined;
  const { time, timeKind } = clock;
  const machine = clock.machine ?? telemetryMachine(table, time, shared);
  if (machine === undefined) return undefined;
  const knownAt = timeKind === "cycles" ? undefined : await knownAtColumn(database, table, time);
  const keys = { table, machine, time, timeKind, ...(knownAt === undefined ? {} : { knownAt }) };
  const used = [machine, time, knownAt];
  const long = await longColumns(database, table, used);
  if (long !== undefined) return { ...keys, sensors: [], long, leftOut: [] };
  const { sensors, leftOut } = sensorColumns(table, used);
  if (sensors.length === 0 || table.rows < 5 * table.profile[machine].distinct) return undefined;
  return { ...keys, sensors, leftOut };
}

/** A table called for its events, or with a column of kinds and hardly any number. */
function isEventTable({ path, profile }: TableProfile): boolean {
  if (telemetryName.test(wordsOf(path))) return false;
  const numbers = profile.filter(({ kind, name }) => kind === "number" && !isRowIdName(name));
  if (eventRole(path) !== undefined) return numbers.length <= 3;
  const kinds = profile.filter(({ kind, name }) => kind === "text" && kindSign(name) > 0 && !isTagName(name));
  return kinds.length > 0 && numbers.length <= 1;
}

async function timeColumn(
  database: Database,
  table: TableProfile,
  shared: ReadonlySet<string>,
): Promise<{ time: number; timeKind: TimeKind; machine?: number } | undefined> {
  const instants = table.profile.flatMap(({ kind, name }, i) =>
    kind === "instant" && timeUse(name) === "time" ? [i] : [],
  );
  const best = instants.sort((a, b) => timeSign(table.profile[b].name) - timeSign(table.profile[a].name) || a - b)[0];
  if (best !== undefined) return { time: best, timeKind: "timestamp" };
  const counters = table.profile.flatMap(({ kind, name }, i) =>
    kind === "whole" && (isCounterName(name) || (table.headless && i === 1)) ? [i] : [],
  );
  for (const time of counters) {
    const machine = table.headless ? 0 : telemetryMachine(table, time, shared);
    if (machine !== undefined && (await countsUp(database, table, machine, time)))
      return { time, timeKind: "cycles", machine };
  }
  return undefined;
}

/** Whether a column counts each machine's rows up without a hole. */
async function countsUp(database: Database, { table }: TableProfile, machine: number, time: number): Promise<boolean> {
  const n = `TRY_CAST(c${time} AS DOUBLE)`;
  const [[whole, all]] = await database.rows(
    `SELECT count(*) FILTER (rows = last - first + 1), count(*) FROM (SELECT count(DISTINCT ${n}) AS rows, min(${n}) AS first, max(${n}) AS last FROM ${table} GROUP BY c${machine})`,
  );
  return Number(all) > 0 && Number(whole) >= 0.8 * Number(all);
}

async function knownAtColumn(database: Database, table: TableProfile, time: number): Promise<number | undefined> {
  for (const [i, { kind, name }] of table.profile.entries()) {
    if (i === time || kind !== "instant" || timeUse(name) !== "knownAt") continue;
    const cast = (column: number) => `TRY_CAST(c${column} AS TIMESTAMPTZ)`;
    const [[later, all]] = await database.rows(
      `SELECT count(*) FILTER (${cast(i)} >= ${cast(time)}), count(*) FROM ${table.table} WHERE c${i} IS NOT NULL`,
    );
    if (Number(later) >= 0.9 * Number(all)) return i;
  }
  return undefined;
}

/** The tag and the value of a table whose every row is one reading. */
async function longColumns(
  database: Database,
  { table, profile, rows }: TableProfile,
  used: readonly (number | undefined)[],
) {
  const free = profile.flatMap((column, i) => (used.includes(i) ? [] : [{ ...column, i }]));
  const texts = free.filter(({ kind, distinct }) => kind === "text" && distinct <= MOST_TAGS && distinct < rows / 5);
  const numbers = free.filter(({ kind, name }) => ["number", "whole", "flag"].includes(kind) && !isRowIdName(name));
  const tag = texts.find(({ name }) => isTagName(name)) ?? (texts.length === 1 ? texts[0] : undefined);
  const value = numbers.find(({ name }) => isValueName(name)) ?? (numbers.length === 1 ? numbers[0] : undefined);
  if (tag === undefined || value === undefined || !(isTagName(tag.name) || isValueName(value.name))) return undefined;
  const tags = await database.rows(`SELECT DISTINCT c${tag.i} FROM ${table} WHERE c${tag.i} IS NOT NULL ORDER BY 1`);
  return { tag: tag.i, value: value.i, tags: tags.map(([name]) => String(name)) };
}

function sensorColumns(table: TableProfile, used: readonly (number | undefined)[]) {
  const sensors: number[] = [];
  const reasons = new Map<string, string[]>();
  for (const [i, { name, kind, distinct, filled }] of table.profile.entries()) {
    if (used.includes(i)) continue;
    const why = (text: string) => reasons.set(text, [...(reasons.get(text) ?? []), name]);
    if (kind === "empty") why("without any value");
    else if (kind === "instant") why("a second time");
    else if (kind === "text") why("a text: a state or a note, no reading");
    else if (isRowIdName(name) && distinct > 0.9 * filled) why("a number of the row");
    else if (isOutcomeName(name)) why("named for the outcome: a model would be told the answer");
    else if (distinct === 1) why("the same in all rows");
    else sensors.push(i);
  }
  const leftOut: LeftOut[] = [...reasons].map(([why, names]) => ({
    what: `${table.path}, column${names.length === 1 ? "" : "s"} ${names.join(", ")}`,
    why,
  }));
  return { sensors, leftOut };
}

/** The sensors of a table that are computed from those of others: `volt_mean` beside a table with `volt`. */
export function aggregatesOf(role: TelemetryRole, others: readonly TelemetryRole[]): number[] {
  const known = new Set(others.flatMap(({ table, sensors }) => sensors.map((i) => table.profile[i].name)));
  return role.sensors.filter((i) => known.has(aggregateOf(role.table.profile[i].name)?.sensor ?? ""));
}
