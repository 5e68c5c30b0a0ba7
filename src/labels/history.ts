/** What happened to a fleet: failures with their repairs, and replacements that were planned. */
import type { Events, Fleet } from "../core/fleet.ts";
import { compareBytes } from "../core/order.ts";
import { durationLength } from "../core/time.ts";
import { eventTable } from "./event-table.ts";
import type { Failure, History, PlannedReplacement } from "./labels.ts";
import type { FailureOptions } from "./spec.ts";

/** The component of failures whose table has no kinds. */
const WHOLE_MACHINE = "machine";

/**
 * Failures less than `mergeWithin` after the one before them (same machine and component) belong to it: one failure, at the first's instant.
 * A failure's repair is the first maintenance record of its component at or after it and before its next failure; further records up to
 * the first one at or after the last merged failure record belong to that repair too. All other maintenance records are planned replacements.
 * Where failures have no kind, they are of the component "machine" and so is every maintenance record. A maintenance record without a
 * kind is one of every component; it is planned if it repairs none of them.
 * @throws PIPELINE_TABLE_MISSING when `of` or a `maintenance` that was asked for is not a table of the fleet.
 * @throws PIPELINE_DURATION when `mergeWithin` cannot be read.
 */
export function buildHistory(fleet: Fleet, options: FailureOptions): History {
  const table = eventTable(fleet, options.of, "label: of");
  const maintenance = maintenanceTable(fleet, options.maintenance);
  const mergeWithin = options.mergeWithin === undefined ? 0 : durationLength(options.mergeWithin, fleet.time);
  const wholeMachines = table.kinds.length === 1 && table.kinds[0] === "";
  const failed = table.kinds.map((kind) => kind || WHOLE_MACHINE);
  const replaced = wholeMachines ? [] : (maintenance?.kinds.filter((kind) => kind !== "") ?? []);
  const components = [...new Set([...failed, ...replaced])].sort(compareBytes);
  if (components.length === 0 && maintenance !== undefined) components.push(WHOLE_MACHINE);

  const failures: Failure[] = [];
  const planned: PlannedReplacement[] = [];
  for (let machine = 0; machine < fleet.machines.length; machine++) {
    const records = maintenance === undefined ? [] : recordsOf(maintenance, machine, wholeMachines);
    const groups = mergedFailures(table, machine, mergeWithin);
    for (const component of components) {
      const own = records.filter((record) => isOf(record, component));
      const lives = groups.filter((group) => group.component === component);
      for (const [i, life] of lives.entries()) {
        const until = lives[i + 1]?.time ?? Number.POSITIVE_INFINITY;
        const repairedAt = markRepair(own, life, until);
        const { time, knownAt } = life;
        failures.push({ machine, component, time, knownAt, ...(repairedAt === undefined ? {} : { repairedAt }) });
      }
    }
    for (const record of records) {
      if (record.repairs) continue;
      for (const component of components) {
        if (isOf(record, component)) planned.push({ machine, component, time: record.time });
      }
    }
  }
  return { failures: failures.sort(inOrder), planned: planned.sort(inOrder), components };
}

interface MaintenanceRecord {
  time: number;
  /** Undefined: of every component. */
  component?: string;
  repairs: boolean;
}

interface MergedFailure {
  component: string;
  time: number;
  knownAt: number;
  /** The instant of the last failure record that was merged into it. */
  last: number;
}

function maintenanceTable(fleet: Fleet, name: string | undefined): Events | undefined {
  if (name !== undefined) return eventTable(fleet, name, "label: maintenance");
  return Object.hasOwn(fleet.events, "maintenance") ? fleet.events["maintenance"] : undefined;
}

function recordsOf(table: Events, machine: number, wholeMachines: boolean): MaintenanceRecord[] {
  const records: MaintenanceRecord[] = [];
  for (let row = table.offsets[machine]; row < table.offsets[machine + 1]; row++) {
    const kind = table.kinds[table.kind[row]];
    const component = wholeMachines ? WHOLE_MACHINE : kind || undefined;
    records.push({ time: table.time[row], component, repairs: false });
  }
  return records;
}

function isOf(record: MaintenanceRecord, component: string): boolean {
  return record.component === undefined || record.component === component;
}

function mergedFailures(table: Events, machine: number, mergeWithin: number): MergedFailure[] {
  const merged: MergedFailure[] = [];
  const newest = new Map<string, MergedFailure>();
  for (let row = table.offsets[machine]; row < table.offsets[machine + 1]; row++) {
    const component = table.kinds[table.kind[row]] || WHOLE_MACHINE;
    const time = table.time[row];
    const before = newest.get(component);
    if (before !== undefined && time - before.last < mergeWithin) {
      before.last = time;
      continue;
    }
    const failure = { component, time, knownAt: table.knownAt[row], last: time };
    merged.push(failure);
    newest.set(component, failure);
  }
  return merged;
}

function markRepair(records: readonly MaintenanceRecord[], failure: MergedFailure, until: number): number | undefined {
  let repairedAt: number | undefined;
  for (const record of records) {
    if (record.time < failure.time || record.time >= until) continue;
    record.repairs = true;
    repairedAt ??= record.time;
    if (record.time >= failure.last) break;
  }
  return repairedAt;
}

function inOrder(a: PlannedReplacement, b: PlannedReplacement): number {
  return a.machine - b.machine || a.time - b.time || compareBytes(a.component, b.component);
}
