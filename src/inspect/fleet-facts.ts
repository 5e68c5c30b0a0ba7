/** All that can be seen of an archive, whether a run would take it or not. */
import type { Database } from "../archive/database.ts";
import type { ArchiveSpec, EndOfLifeSpec } from "../archive/spec.ts";
import { identifier } from "../archive/sql.ts";
import type { Events, Fleet } from "../core/fleet.ts";
import { lifeUnit, type TimeKind } from "../core/time.ts";
import { type ClockFacts, clockFacts, type HourJump, missedHours } from "./clock-steps.ts";
import { doubledHours } from "./doubled-hours.ts";
import { type ForgivingSource, type ReadOptions, readArchiveForgivingly } from "./forgiving-fleet.ts";
import { type LateFacts, lateRows } from "./late-rows.ts";
import { type EventFacts, readEvents } from "./read-events.ts";
import { type LimitFacts, type MachineTableFacts, readLimits, readMachineTable } from "./read-reference.ts";
import { type SensorValues, sensorValues } from "./sensor-values.ts";
import { DAY, type TelemetryGroup, telemetryGroups, telemetryMachines } from "./telemetry-groups.ts";
import { type TelemetryWalk, walkTelemetry } from "./walk-telemetry.ts";

export interface TelemetryFacts {
  group: TelemetryGroup;
  walk: TelemetryWalk;
  values: readonly SensorValues[];
  clock: ClockFacts;
  missedHours: readonly HourJump[];
  /** The hours that hold all repeated keys, where clocks go back; none where they lie elsewhere too. */
  doubledHours: readonly number[];
  /** Of the rows that repeat another's key, those that repeat its readings too. */
  same: number;
}

export interface FleetFacts {
  sources: readonly ForgivingSource[];
  /** Later than this is the future; undefined for counters. */
  latest?: number;
  /** Machines with telemetry, sorted by bytes. */
  machines: readonly string[];
  telemetry: readonly TelemetryFacts[];
  events: readonly EventFacts[];
  machineTable?: MachineTableFacts;
  limits?: LimitFacts;
  late: readonly LateFacts[];
  /** The usable rows as later stages read them, without readings. */
  fleet: Fleet;
}

export interface FactsOptions extends Omit<ReadOptions, "latest"> {
  /** The present, in microseconds since the epoch. */
  now: number;
}

export async function fleetFacts(
  database: Database,
  archive: ArchiveSpec,
  { now, ...read }: FactsOptions,
): Promise<FleetFacts> {
  const present = archive.time === "timestamp" ? now : undefined;
  const latest = present === undefined ? undefined : present + DAY;
  const sources = await readArchiveForgivingly(database, archive, { ...read, latest });
  const groups = await telemetryGroups(database, sources, present);
  const machines = await telemetryMachines(database, groups);
  const ofRole = (role: ForgivingSource["role"]) => sources.find((source) => source.role === role && source.rows > 0);
  const tableSource = ofRole("machines");
  const machineTable = tableSource && (await readMachineTable(database, tableSource, machines));
  const limitSource = ofRole("limits");
  const sensors = groups.flatMap((group) => group.sensors);
  const limits = limitSource && (await readLimits(database, limitSource, sensors, machineTable?.attributes));
  const events: EventFacts[] = [];
  for (const source of sources) {
    if (source.role === "events") events.push(await readEvents(database, source, machines));
  }
  const downtime = events.find(({ name }) => name === "downtime")?.events;
  const telemetry: TelemetryFacts[] = [];
  for (const group of groups) {
    const walk = await walkTelemetry(database, group, {
      machines,
      wasDown: (machine, from, to) => downtime !== undefined && overlaps(downtime, machine, from, to),
      limitsOf: (machine, sensor) => limits?.limitsOf(machines[machine], sensor),
    });
    const clock = await clockFacts(database, group, present);
    const hours = archive.time === "timestamp" ? missedHours(walk) : [];
    const values = await sensorValues(database, group);
    const same = await copies(database, group, walk);
    const repeated = walk.machines.reduce((total, one) => total + one.repeated, 0);
    const doubled =
      archive.time === "timestamp" && same < repeated ? await doubledHours(database, group, walk.machines.length) : [];
    telemetry.push({ group, walk, values, clock, missedHours: hours, doubledHours: doubled, same });
  }
  const late = [];
  for (const source of sources) late.push(await lateRows(database, source));
  const fleet: Fleet = {
    time: archive.time,
    machines,
    telemetry: telemetry.map(({ group, walk: { time, offsets } }) => ({
      name: group.name,
      time,
      knownAt: time,
      offsets,
      sensors: {},
    })),
    events: Object.fromEntries(events.map((one) => [one.name, one.events])),
  };
  for (const [name, spec] of Object.entries(archive.events ?? {})) {
    if (spec.format !== "endOfLife") continue;
    fleet.events[name] = await lastsOf(database, name, spec, fleet, sources, archive.time);
  }
  return {
    sources,
    ...(latest === undefined ? {} : { latest }),
    machines,
    telemetry,
    events,
    ...(machineTable === undefined ? {} : { machineTable }),
    ...(limits === undefined ? {} : { limits }),
    late: late.filter((facts) => facts !== undefined),
    fleet,
  };
}

async function copies(
  database: Database,
  { view, sensors }: TelemetryGroup,
  { machines }: TelemetryWalk,
): Promise<number> {
  const repeated = machines.reduce((total, one) => total + one.repeated, 0);
  if (repeated === 0) return 0;
  const readings = sensors.map((_, i) => `s${i}`).join(", ");
  const [[distinct]] = await database.rows(
    `SELECT count(*) FROM (SELECT machine, time FROM ${view} GROUP BY machine, time, ${readings})`,
  );
  const rows = machines.reduce((total, one) => total + one.rows, 0);
  return rows - Number(distinct);
}

function overlaps({ offsets, time, end }: Events, machine: number, from: number, to: number): boolean {
  for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
    if (time[row] <= to && (end?.[row] ?? time[row]) >= from) return true;
  }
  return false;
}

/** The failures of machines that run to failure: at the last reading, or a given life after it. */
async function lastsOf(
  database: Database,
  name: string,
  spec: EndOfLifeSpec,
  { machines, telemetry }: Fleet,
  sources: readonly ForgivingSource[],
  time: TimeKind,
): Promise<Events> {
  const source = sources.find((one) => one.name === `events.${name}.remaining`);
  const rows =
    source === undefined
      ? []
      : await database.rows(
          `SELECT f0, any_value(f1) FROM ${identifier(source.table)} WHERE f0 IS NOT NULL AND f1 IS NOT NULL GROUP BY f0`,
        );
  const remaining = new Map(rows.map(([machine, life]) => [String(machine), Number(life)]));
  const last = Float64Array.from(machines, (machine, m) => {
    const ends = telemetry.flatMap(({ offsets, time }) =>
      offsets[m] < offsets[m + 1] ? [time[offsets[m + 1] - 1]] : [],
    );
    return Math.max(...ends) + Math.round((remaining.get(machine) ?? 0) * lifeUnit(time));
  });
  return {
    name,
    offsets: Uint32Array.from({ length: machines.length + 1 }, (_, m) => m),
    time: last,
    knownAt: last,
    kinds: [spec.component ?? "machine"],
    kind: new Uint32Array(machines.length),
    outcome: true,
    endsObservation: true,
  };
}
