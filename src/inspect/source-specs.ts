/** The roles of a folder's tables as the description of an archive. */
import type { ArchiveSpec, EndOfLifeSpec, SourceSpec } from "../archive/spec.ts";
import type { FolderRoles } from "./assign-roles.ts";
import type { EventTableRole } from "./event-roles.ts";
import type { TableProfile } from "./profile-table.ts";
import type { LimitsRole, MachineTableRole, ScheduleRole } from "./reference-roles.ts";
import { sourceOf } from "./source-of.ts";
import type { TelemetryRole } from "./telemetry-roles.ts";

export function archiveOfRoles({
  telemetry,
  prefixes,
  events,
  machines,
  schedule,
  limits,
  life,
}: FolderRoles): ArchiveSpec {
  const tables: Record<string, SourceSpec | EndOfLifeSpec> = Object.fromEntries(
    events.map((role) => [role.name, eventSource(role)] as const),
  );
  if (life !== undefined) tables["failures"] = life.spec;
  return {
    time: telemetry[0].timeKind,
    ...(machines === undefined ? {} : { machines: machineSource(machines) }),
    telemetry: telemetry.map((role, i) => telemetrySource(role, prefixes[i])),
    events: tables,
    reference: {
      ...(schedule === undefined ? {} : { schedule: scheduleSource(schedule) }),
      ...(limits === undefined ? {} : { limits: limitsSource(limits) }),
    },
  };
}

function column(table: TableProfile, i: number | undefined): string | undefined {
  return i === undefined ? undefined : table.profile[i].name;
}

function orNothing(match: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  return Object.keys(match).length === 0 ? undefined : match;
}

function machineSource({
  table,
  machine,
  attributes,
  commissionedAt,
  retiredAt,
  validFrom,
}: MachineTableRole): SourceSpec {
  return sourceOf(table, {
    machine: column(table, machine),
    attributes: Object.keys(attributes).length === 0 ? undefined : attributes,
    commissionedAt: column(table, commissionedAt),
    retiredAt: column(table, retiredAt),
    validFrom: column(table, validFrom),
  });
}

function telemetrySource(
  { table, machine, time, knownAt, sensors, long, renamed }: TelemetryRole,
  prefix: string | undefined,
): SourceSpec {
  const name = (i: number) => table.profile[i].name;
  return sourceOf(table, {
    machine: name(machine),
    machinePrefix: prefix,
    time: name(time),
    sensors:
      long === undefined
        ? sensors.map((i) => renamed?.[name(i)] ?? name(i))
        : {
            tag: name(long.tag),
            value: name(long.value),
            tags: Object.fromEntries(long.tags.map((tag) => [tag, tag])),
          },
    knownAt: column(table, knownAt),
    renamed: renamed && Object.fromEntries(Object.entries(renamed).map(([name, sensor]) => [sensor, [name]])),
  });
}

function eventSource({ table, machine, time, kind, end, knownAt }: EventTableRole): SourceSpec {
  return sourceOf(table, {
    machine: column(table, machine),
    time: column(table, time),
    kind: column(table, kind),
    end: column(table, end),
    knownAt: column(table, knownAt),
  });
}

function scheduleSource({ table, component, interval, unit, match }: ScheduleRole): SourceSpec {
  return sourceOf(table, {
    component: column(table, component),
    interval: column(table, interval),
    ...(unit === undefined ? {} : { units: { interval: unit } }),
    match: orNothing(match),
  });
}

function limitsSource({ table, sensor, low, high, match }: LimitsRole): SourceSpec {
  return sourceOf(table, {
    sensor: column(table, sensor),
    low: column(table, low),
    high: column(table, high),
    match: orNothing(match),
  });
}
