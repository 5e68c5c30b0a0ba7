/** Facts of machines and reference tables, as they were given and as features look them up. */
import type { Fleet, LimitRow, MachineTable, ScheduleRow } from "../../core/fleet.ts";
import { canonicalJson } from "../../core/json.ts";
import { compareBytes } from "../../core/order.ts";
import type { TimeKind } from "../../core/time.ts";
import { machineName } from "../plain/checked-value.ts";
import { instantOf } from "../plain/instant-of.ts";
import { type MachineRow, machineTableFromRows } from "../plain/machine-rows.ts";
import { type LimitInput, limitsFromRows, type ScheduleInput, scheduleFromRows } from "../plain/reference-rows.ts";
import type { FleetSchema } from "../schema.ts";

/** A member that is left out is a table that the featurizer does not have. */
export interface FactRows {
  /** The machine table. */
  machines?: readonly MachineRow[];
  /** The recommended schedule. */
  schedule?: readonly ScheduleInput[];
  /** The operating limits. */
  limits?: readonly LimitInput[];
}

export interface Facts {
  /** Sorted by bytes. */
  machines: readonly string[];
  /** Of `machines`, and after them of a machine of which nothing is known. */
  machineTable: MachineTable | undefined;
  schedule: readonly ScheduleRow[] | undefined;
  limits: readonly LimitRow[] | undefined;
  /** The number of a machine in the machine table. */
  index: ReadonlyMap<string, number>;
}

/** @throws DATA_* when a row cannot be read */
export function factsOf({ machines: rows, schedule, limits }: FactRows, schema: FleetSchema): Facts {
  const machines = [
    ...new Set((rows ?? []).map(({ machine }, i) => machineName(machine, `machines[${i}].machine`))),
  ].sort(compareBytes);
  const types = Object.fromEntries(Object.entries(schema.attributes).map(([name, { type }]) => [name, type]));
  const { time } = schema;
  return {
    machines,
    // The name of the unknown machine is no string's: nobody can look it up.
    machineTable: rows && machineTableFromRows(rows, [...machines, UNKNOWN], time, types),
    schedule: schedule && scheduleFromRows(schedule, time),
    limits: limits && limitsFromRows(limits, time),
    index: new Map(machines.map((machine, i) => [machine, i])),
  };
}

/** The same with instants as numbers. @throws DATA_INSTANT */
export function plainFacts({ machines, schedule, limits }: FactRows, time: TimeKind): FactRows {
  const plain = <Row extends object>(rows: readonly Row[] | undefined, members: readonly string[], where: string) =>
    rows?.map((row, i) => {
      const own = { ...row } as Record<string, unknown>;
      for (const member of members) {
        const value = own[member];
        if (value === undefined || value === null) delete own[member];
        else own[member] = instantOf(value, time, `${where}[${i}].${member}`);
      }
      return own as Row;
    });
  return {
    ...(machines && { machines: plain(machines, ["validFrom", "commissionedAt", "retiredAt"], "machines") }),
    ...(schedule && { schedule: plain(schedule, ["validFrom"], "schedule") }),
    ...(limits && { limits: plain(limits, ["validFrom"], "limits") }),
  };
}

/** Facts with others added, which take the place of those of the same key. Instants are numbers in both. */
export function mergedFacts(facts: FactRows, more: FactRows): FactRows {
  const machines = merged(facts.machines, more.machines, ({ machine, validFrom }) => [String(machine), validFrom]);
  const schedule = merged(facts.schedule, more.schedule, ({ component, match, validFrom }) => [
    component,
    match,
    validFrom,
  ]);
  const limits = merged(facts.limits, more.limits, ({ sensor, match, validFrom }) => [sensor, match, validFrom]);
  return { ...(machines && { machines }), ...(schedule && { schedule }), ...(limits && { limits }) };
}

function merged<Row>(rows: readonly Row[] | undefined, more: readonly Row[] | undefined, key: (row: Row) => unknown) {
  if (more === undefined) return rows;
  const text = (row: Row) => canonicalJson(key(row));
  const taken = new Set(more.map(text));
  return [...(rows ?? []).filter((row) => !taken.has(text(row))), ...more];
}

const UNKNOWN = "\u0000";

/** The instants at which the facts of a machine may change: the latest not after `instant`, and the next. */
export function factsHold(facts: Facts, machine: number, instant: number): { from: number; until: number } {
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  const change = (at: number) => {
    if (at <= instant) from = Math.max(from, at);
    else until = Math.min(until, at);
  };
  for (const { validFrom } of [...(facts.schedule ?? []), ...(facts.limits ?? [])]) change(validFrom);
  const { machineTable } = facts;
  if (machineTable !== undefined)
    for (let row = machineTable.offsets[machine]; row < machineTable.offsets[machine + 1]; row++)
      change(machineTable.validFrom[row]);
  return { from, until };
}

/** The facts as the part of a fleet that holds them, over `count` machines at least. */
export function factsFleet(
  { machines, machineTable, schedule, limits }: Facts,
  count: number,
): Pick<Fleet, "machines" | "machineTable" | "schedule" | "limits"> {
  const names = Array.from({ length: Math.max(count, machines.length + 1) }, (_, i) => machines[i] ?? `${UNKNOWN}${i}`);
  return {
    machines: names,
    ...(machineTable && { machineTable: { ...machineTable, offsets: padded(machineTable.offsets, names.length + 1) } }),
    ...(schedule && { schedule }),
    ...(limits && { limits }),
  };
}

function padded(offsets: Uint32Array, length: number): Uint32Array {
  const longer = new Uint32Array(length).fill(offsets.at(-1) ?? 0);
  longer.set(offsets);
  return longer;
}
