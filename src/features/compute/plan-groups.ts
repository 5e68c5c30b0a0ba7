/** Cuts the work into groups that are laid out and computed one after the other. */
import type { Fleet } from "../../core/fleet.ts";
import type { FleetRows } from "./fleet-rows.ts";
import { type Group, groupReadings } from "./group.ts";
import type { GroupLimits } from "./group-limits.ts";
import { type LayoutCost, rowWidth } from "./layout-cost.ts";
import type { TableReach } from "./table-reach.ts";

/** What groups are planned with. */
export interface GroupContext {
  fleet: Fleet;
  /** Sorted by machine, then cutoff. */
  rows: FleetRows;
  cost: LayoutCost;
  reaches: readonly TableReach[];
}

/** In the order of the rows. Machines without a cutoff are in none, or between others. */
export function planGroups(context: GroupContext, limits: GroupLimits): Group[] {
  const groups: Group[] = [];
  let open: Group | undefined;
  let openBytes = 0;
  for (const machine of machinesOf(context.rows)) {
    const bytes = wholeBytes(context, machine);
    if (open !== undefined && openBytes + bytes <= limits.usual) {
      openBytes += bytes;
      open = { ...open, to: machine.to, lastMachine: machine.lastMachine };
      continue;
    }
    if (open !== undefined) groups.push(open);
    open = undefined;
    if (bytes > limits.piece) groups.push(...pieces(context, machine, limits));
    else {
      open = machine;
      openBytes = context.cost.fixed + bytes;
    }
  }
  if (open !== undefined) groups.push(open);
  return groups;
}

/** A group as two halves, between machines where it has several; undefined where it is a single cutoff. */
export function halves(rows: FleetRows, group: Group): [Group, Group] | undefined {
  const { from, to, firstMachine, lastMachine } = group;
  if (to - from < 2) return undefined;
  let middle = (from + to) >>> 1;
  if (firstMachine !== lastMachine) {
    const machine = rows.machine[middle];
    while (middle > from && rows.machine[middle - 1] === machine) middle--;
    if (middle === from) while (rows.machine[middle] === machine) middle++;
  }
  return [
    { from, to: middle, firstMachine: rows.machine[from], lastMachine: rows.machine[middle - 1] },
    { from: middle, to, firstMachine: rows.machine[middle], lastMachine: rows.machine[to - 1] },
  ];
}

/** What laying a group out takes, in bytes. */
export function groupBytes(context: GroupContext, group: Group): number {
  const { fleet, rows, cost, reaches } = context;
  const readings = groupReadings(fleet, rows, group, reaches);
  return cost.fixed + bytesOf(context, group, readings);
}

function pieces(context: GroupContext, group: Group, limits: GroupLimits): Group[] {
  const bytes = groupBytes(context, group);
  const parts = bytes > limits.piece ? halves(context.rows, group) : undefined;
  if (parts === undefined) return [group];
  const [left, right] = parts.map((part) => groupBytes(context, part));
  if (bytes <= limits.most && left + right > bytes * limits.overlap) return [group];
  return parts.flatMap((part) => pieces(context, part, limits));
}

function wholeBytes(context: GroupContext, group: Group): number {
  const { firstMachine: machine } = group;
  return bytesOf(
    context,
    group,
    context.fleet.telemetry.map(({ offsets }) => offsets[machine + 1] - offsets[machine]),
  );
}

function bytesOf({ fleet, cost }: GroupContext, group: Group, readings: readonly number[]): number {
  const { from, to, firstMachine, lastMachine } = group;
  let numbers = 0;
  for (const [i, { sensors }] of fleet.telemetry.entries())
    numbers += readings[i] * rowWidth(Object.keys(sensors).length);
  let events = 0;
  for (const { offsets } of Object.values(fleet.events)) events += offsets[lastMachine + 1] - offsets[firstMachine];
  return (to - from) * cost.perCutoff + numbers * cost.perNumber + events * cost.perEvent;
}

/** The rows of each machine that has any. */
function* machinesOf({ machine }: FleetRows): Generator<Group> {
  for (let from = 0, to = 0; from < machine.length; from = to) {
    const one = machine[from];
    while (to < machine.length && machine[to] === one) to++;
    yield { from, to, firstMachine: one, lastMachine: one };
  }
}
