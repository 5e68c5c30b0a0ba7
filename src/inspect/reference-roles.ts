/** Which tables of a folder describe machines, schedules and limits, and which list remaining lives. */
import type { Database } from "../archive/database.ts";
import { columnOfMachines } from "./machine-columns.ts";
import { highNames, isRowIdName, lowNames, timeUse, wordsOf } from "./name-signs.ts";
import type { TableProfile } from "./profile-table.ts";

export interface MachineTableRole {
  table: TableProfile;
  machine: number;
  attributes: Readonly<Record<string, "category" | "number">>;
  commissionedAt?: number;
  retiredAt?: number;
  validFrom?: number;
}

const MOST_LEVELS = 50;

/** The table with (nearly) one row a machine. */
export async function machineTableRole(
  database: Database,
  tables: readonly TableProfile[],
  fleet: { machines: ReadonlySet<string>; name: string },
): Promise<MachineTableRole | undefined> {
  for (const table of tables) {
    const found = await columnOfMachines(database, table, fleet.machines, fleet.name);
    if (found === undefined || table.profile.length < 2) continue;
    const { column: machine } = found;
    const instant = (use: string) =>
      table.profile.findIndex(({ kind, name }) => kind === "instant" && timeUse(name) === use);
    const [commissionedAt, retiredAt, validFrom] = [
      instant("commissionedAt"),
      instant("retiredAt"),
      instant("validFrom"),
    ];
    if (table.profile[machine].distinct < 0.95 * table.rows && validFrom === -1) continue;
    const attributes: Record<string, "category" | "number"> = {};
    for (const [i, { name, kind, distinct, filled }] of table.profile.entries()) {
      if (i === machine || isRowIdName(name)) continue;
      if (kind === "text" && distinct <= MOST_LEVELS && distinct < filled) attributes[name] = "category";
      if ((kind === "whole" || kind === "number" || kind === "flag") && distinct > 1) attributes[name] = "number";
    }
    return {
      table,
      machine,
      attributes,
      ...(commissionedAt === -1 ? {} : { commissionedAt }),
      ...(retiredAt === -1 ? {} : { retiredAt }),
      ...(validFrom === -1 ? {} : { validFrom }),
    };
  }
  return undefined;
}

export interface ScheduleRole {
  table: TableProfile;
  component: number;
  interval: number;
  /** The conversion to hours, where the column's name says another unit. */
  unit?: string;
  match: Readonly<Record<string, string>>;
}

/** A table of intervals by component. */
export async function scheduleRole(
  database: Database,
  tables: readonly TableProfile[],
  kinds: ReadonlySet<string>,
  categories: readonly string[],
): Promise<ScheduleRole | undefined> {
  for (const table of tables) {
    const component = await columnOf(database, table, kinds);
    const interval = table.profile.findIndex(
      ({ kind, name, least = 0 }) =>
        (kind === "whole" || kind === "number") &&
        least > 0 &&
        /\b(interval|hours?|days?|cycles?|every|period|h|d)\b/.test(wordsOf(name)),
    );
    if (component === undefined || interval === -1) continue;
    const unit = /\b(days?|d)\b/.test(wordsOf(table.profile[interval].name)) ? "d -> h" : undefined;
    return { table, component, interval, ...(unit === undefined ? {} : { unit }), match: matchOf(table, categories) };
  }
  return undefined;
}

export interface LimitsRole {
  table: TableProfile;
  sensor: number;
  low?: number;
  high?: number;
  match: Readonly<Record<string, string>>;
}

/** A table of lower and upper limits by sensor. */
export async function limitsRole(
  database: Database,
  tables: readonly TableProfile[],
  sensors: ReadonlySet<string>,
  categories: readonly string[],
): Promise<LimitsRole | undefined> {
  for (const table of tables) {
    const sensor = await columnOf(database, table, sensors);
    const bound = (sign: RegExp) =>
      table.profile.findIndex(
        ({ kind, name }) => ["whole", "number", "flag"].includes(kind) && sign.test(wordsOf(name)),
      );
    const [low, high] = [bound(lowNames), bound(highNames)];
    if (sensor === undefined || (low === -1 && high === -1)) continue;
    return {
      table,
      sensor,
      ...(low === -1 ? {} : { low }),
      ...(high === -1 ? {} : { high }),
      match: matchOf(table, categories),
    };
  }
  return undefined;
}

/** The text column most of whose values are among those known. */
async function columnOf(
  database: Database,
  table: TableProfile,
  known: ReadonlySet<string>,
): Promise<number | undefined> {
  for (const [i, { kind, distinct }] of table.profile.entries()) {
    if (kind !== "text" || distinct > 1_000) continue;
    const values = await database.rows(`SELECT DISTINCT c${i} FROM ${table.table} WHERE c${i} IS NOT NULL`);
    const hits = values.filter(([value]) => known.has(String(value))).length;
    if (values.length > 0 && hits >= 0.6 * values.length) return i;
  }
  return undefined;
}

function matchOf({ profile }: TableProfile, categories: readonly string[]): Record<string, string> {
  const names = profile.filter(({ kind }) => kind === "text").map(({ name }) => name);
  return Object.fromEntries(categories.filter((category) => names.includes(category)).map((name) => [name, name]));
}
