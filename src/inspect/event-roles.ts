/** Which tables of a folder are events, and of which kind: by their names, or by what follows what. */
import type { Database } from "../archive/database.ts";
import type { TimeKind } from "../core/time.ts";
import { columnOfMachines } from "./machine-columns.ts";
import { type EventRole, eventRole, isCounterName, kindSign, timeSign, timeUse, wordsOf } from "./name-signs.ts";
import type { TableProfile } from "./profile-table.ts";
import type { Sureness } from "./proposal.ts";

export interface EventTableRole {
  table: TableProfile;
  machine: number;
  time: number;
  kind?: number;
  end?: number;
  knownAt?: number;
  /** The share of its machines that have telemetry. */
  known: number;
  /** The name of the table in the pipeline. */
  name: string;
  sure: Sureness;
  why: string;
}

type Keys = Omit<EventTableRole, "name" | "sure" | "why">;

/** Tables with a machine and a time, named for what they hold. */
export async function eventRoles(
  database: Database,
  tables: readonly TableProfile[],
  fleet: { machines: ReadonlySet<string>; name: string; time: TimeKind },
): Promise<EventTableRole[]> {
  const found: Keys[] = [];
  for (const table of tables) {
    const keys = await keysOf(database, table, fleet);
    if (keys !== undefined) found.push(keys);
  }
  return await named(database, found);
}

async function keysOf(
  database: Database,
  table: TableProfile,
  fleet: { machines: ReadonlySet<string>; name: string; time: TimeKind },
): Promise<Keys | undefined> {
  const wanted = fleet.time === "timestamp" ? "instant" : "whole";
  const times = table.profile.flatMap(({ kind, name }, i) =>
    kind === wanted && (wanted === "instant" ? timeUse(name) === "time" : isCounterName(name)) ? [i] : [],
  );
  const time = times.sort((a, b) => timeSign(table.profile[b].name) - timeSign(table.profile[a].name) || a - b)[0];
  if (time === undefined) return undefined;
  const machine = await columnOfMachines(database, table, fleet.machines, fleet.name);
  if (machine === undefined) return undefined;
  const instant = (use: string) =>
    table.profile.findIndex(({ kind, name }, i) => i !== time && kind === "instant" && timeUse(name) === use);
  const kind = kindColumn(table, [time, machine.column]);
  const [end, knownAt] = [instant("end"), instant("knownAt")];
  return {
    table,
    machine: machine.column,
    known: machine.known,
    time,
    ...(kind === undefined ? {} : { kind }),
    ...(end === -1 ? {} : { end }),
    ...(knownAt === -1 ? {} : { knownAt }),
  };
}

const MOST_KINDS = 500;

/** The column that says what happened: a text (or a code) with few values, best one that is called so. */
function kindColumn({ profile, rows }: TableProfile, used: readonly number[]): number | undefined {
  const candidates = profile.flatMap(({ name, kind, distinct, filled }, i) => {
    const isText = kind === "text" || (kind === "whole" && kindSign(name) > 0);
    const few = distinct <= MOST_KINDS && (distinct <= 20 || distinct < rows / 3);
    return !used.includes(i) && isText && few && filled >= 0.9 * rows ? [i] : [];
  });
  return candidates.sort((a, b) => kindSign(profile[b].name) - kindSign(profile[a].name) || a - b)[0];
}

async function named(database: Database, found: readonly Keys[]): Promise<EventTableRole[]> {
  const taken = new Set<string>();
  const roles: EventTableRole[] = [];
  const put = (keys: Keys, role: string, sure: Sureness, why: string) => {
    const name = taken.has(role) ? freshName(tableName(keys.table.path), taken) : role;
    taken.add(name);
    roles.push({ ...keys, name, sure, why });
  };
  const rest: Keys[] = [];
  for (const keys of found) {
    const role = eventRole(fileName(keys.table.path));
    if (role !== undefined) put(keys, role, "sure", `the file is called ${fileName(keys.table.path)}`);
    else rest.push(keys);
  }
  for (const keys of [...rest]) {
    const column = keys.kind === undefined ? "" : keys.table.profile[keys.kind].name;
    const role = eventRole(column) as EventRole | undefined;
    if (role === undefined || taken.has(role)) continue;
    put(keys, role, "likely", `its column is called ${column}`);
    rest.splice(rest.indexOf(keys), 1);
  }
  if (!taken.has("failures")) {
    const pair = await failuresAndRepairs(database, rest);
    if (pair !== undefined) {
      const percent = Math.round(100 * pair.share);
      put(
        pair.failures,
        "failures",
        "guess",
        `${percent} % of its rows are followed by one of ${pair.repairs.table.path} with the same machine and kind: failures and their repairs`,
      );
      rest.splice(rest.indexOf(pair.failures), 1);
      if (!taken.has("maintenance")) {
        put(pair.repairs, "maintenance", "guess", "it repairs what the failures name, and more");
        rest.splice(rest.indexOf(pair.repairs), 1);
      }
    }
  }
  for (const keys of rest)
    put(keys, tableName(keys.table.path), "likely", "rows of a machine at a time, of no role that is known");
  return roles;
}

/** The pair of tables in which the rows of the smaller one are followed by rows of the larger one. */
async function failuresAndRepairs(database: Database, tables: readonly Keys[]) {
  let best: { failures: Keys; repairs: Keys; share: number } | undefined;
  for (const failures of tables) {
    for (const repairs of tables) {
      if (
        failures === repairs ||
        failures.table.rows >= repairs.table.rows ||
        failures.kind === undefined ||
        repairs.kind === undefined
      )
        continue;
      const instant = (column: number) => `TRY_CAST(c${column} AS TIMESTAMPTZ)`;
      const rows = (of: Keys) =>
        `(SELECT c${of.machine}::VARCHAR AS m, ${instant(of.time)} AS t, c${of.kind}::VARCHAR AS k FROM ${of.table.table})`;
      const [[followed, all]] = await database.rows(
        `SELECT count(*) FILTER (EXISTS (SELECT 1 FROM ${rows(repairs)} r WHERE r.m = f.m AND r.k = f.k AND r.t >= f.t AND r.t <= f.t + INTERVAL 3 DAY)), count(*) FROM ${rows(failures)} f`,
      );
      const share = Number(followed) / Math.max(1, Number(all));
      if (share >= 0.6 && (best === undefined || share > best.share)) best = { failures, repairs, share };
    }
  }
  return best;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[a-z]+$/i, "") || path;
}

/** A name for a table of no known role, from its file. */
function tableName(path: string): string {
  return wordsOf(fileName(path).replaceAll("*", "")).replaceAll(" ", "_") || "events";
}

function freshName(name: string, taken: ReadonlySet<string>): string {
  let fresh = name;
  for (let i = 2; taken.has(fresh); i++) fresh = `${name}_${i}`;
  return fresh;
}
