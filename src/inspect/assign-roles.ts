/** What each table of a folder is, from its columns, its rows and what it shares with the others. */
import type { Database } from "../archive/database.ts";
import { chooseTelemetry } from "./choose-telemetry.ts";
import { chooseDataSet } from "./data-sets.ts";
import { type EventTableRole, eventRoles } from "./event-roles.ts";
import { machineNames } from "./machine-columns.ts";
import type { TableProfile } from "./profile-table.ts";
import type { Choice, LeftOut } from "./proposal.ts";
import {
  type LimitsRole,
  limitsRole,
  type MachineTableRole,
  machineTableRole,
  type ScheduleRole,
  scheduleRole,
} from "./reference-roles.ts";
import { type LifeRole, lifeRole, machinePrefixes } from "./run-to-failure.ts";
import { type TelemetryRole, telemetryRoles } from "./telemetry-roles.ts";

export interface FolderRoles {
  /** At least one. */
  telemetry: readonly TelemetryRole[];
  /** What is put before the names of machines, a telemetry table each. */
  prefixes: readonly (string | undefined)[];
  events: readonly EventTableRole[];
  machines?: MachineTableRole;
  schedule?: ScheduleRole;
  limits?: LimitsRole;
  life?: LifeRole;
}

/** The roles; none where no table looks like telemetry. Reasons, what is left out and what stands in the way are added to the lists. */
export async function assignRoles(
  database: Database,
  all: readonly TableProfile[],
  choices: Choice[],
  leftOut: LeftOut[],
  problems: string[],
): Promise<FolderRoles | undefined> {
  const { tables, others } = chooseDataSet(all);
  leftOut.push(...others);
  const telemetry = chooseTelemetry(await telemetryRoles(database, tables), choices, leftOut, problems);
  if (telemetry.length === 0) return undefined;
  const prefixes = await machinePrefixes(database, telemetry);
  const aside = new Set(leftOut.map(({ what }) => what));
  const free = new Set(
    tables.filter((table) => !telemetry.some((role) => role.table === table) && !aside.has(table.path)),
  );
  /** The role with its table taken from those that are free. */
  const take = <T extends { table?: TableProfile }>(role: T | undefined): T | undefined => {
    if (role?.table !== undefined) free.delete(role.table);
    return role;
  };
  const fleet = await fleetOf(database, telemetry);
  const found = await eventRoles(
    database,
    [...free].filter(({ profile }) => profile.length > 1),
    fleet,
  );
  const oneRowEach = ({ table, machine }: EventTableRole) => table.rows <= table.profile[machine].distinct;
  const series = new Set(found.filter((role) => !oneRowEach(role)).map(({ table }) => table));
  const machines = take(
    await machineTableRole(
      database,
      [...free].filter((table) => !series.has(table)),
      fleet,
    ),
  );
  const events = found.filter(({ table }) => table !== machines?.table);
  for (const role of events) take(role);
  const attributes = Object.entries(machines?.attributes ?? {});
  const categories = attributes.flatMap(([name, type]) => (type === "category" ? [name] : []));
  const schedule = take(await scheduleRole(database, [...free], await kindsOf(database, events), categories));
  const limits = take(await limitsRole(database, [...free], sensorNames(telemetry), categories));
  const failures = events.some(({ name }) => name === "failures");
  const life = take(fleet.time === "cycles" && !failures ? lifeRole([...free], telemetry, prefixes) : undefined);
  for (const { path } of free)
    leftOut.push({ what: path, why: "its columns fit no role: no machine of the fleet, no component, no sensor" });
  return { telemetry, prefixes, events, machines, schedule, limits, life };
}

async function fleetOf(database: Database, telemetry: readonly TelemetryRole[]) {
  const [{ table, machine, timeKind }] = telemetry;
  const machines = new Set<string>();
  for (const role of telemetry) {
    for (const name of await machineNames(database, role.table, role.machine)) machines.add(name);
  }
  return { machines, name: table.profile[machine].name, time: timeKind };
}

function sensorNames(telemetry: readonly TelemetryRole[]): Set<string> {
  return new Set(
    telemetry.flatMap(({ table, sensors, long }) => long?.tags ?? sensors.map((i) => table.profile[i].name)),
  );
}

async function kindsOf(database: Database, events: readonly EventTableRole[]): Promise<Set<string>> {
  const kinds = new Set<string>();
  for (const { table, kind, name } of events) {
    if (kind === undefined || !["failures", "maintenance"].includes(name)) continue;
    for (const [value] of await database.rows(`SELECT DISTINCT c${kind}::VARCHAR FROM ${table.table}`))
      kinds.add(String(value));
  }
  return kinds;
}
