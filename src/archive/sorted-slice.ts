/** The part of a fleet that is about some of its machines. */
import type { AttributeColumn, Events, Fleet, MachineTable } from "../core/fleet.ts";

/** What a fleet holds beside its telemetry. */
export type FleetRest = Omit<Fleet, "telemetry">;

/** The machines from `from` (included) to `to` (excluded), numbered anew from 0. Kinds and levels stay as they are numbered for all. */
export function sliceRest(rest: FleetRest, from: number, to: number): FleetRest {
  const { machines, events, machineTable } = rest;
  return {
    ...rest,
    machines: machines.slice(from, to),
    events: Object.fromEntries(Object.entries(events).map(([name, table]) => [name, sliceEvents(table, from, to)])),
    ...(machineTable && { machineTable: sliceMachineTable(machineTable, from, to) }),
  };
}

/** Where the rows of some machines begin, counted from the first of them. */
export function sliceOffsets(offsets: Uint32Array, from: number, to: number): Uint32Array {
  return offsets.slice(from, to + 1).map((row) => row - offsets[from]);
}

function sliceEvents(events: Events, from: number, to: number): Events {
  const [first, end] = [events.offsets[from], events.offsets[to]];
  const time = events.time.slice(first, end);
  return {
    ...events,
    offsets: sliceOffsets(events.offsets, from, to),
    time,
    knownAt: events.knownAt === events.time ? time : events.knownAt.slice(first, end),
    kind: events.kind.slice(first, end),
    ...(events.end && { end: events.end.slice(first, end) }),
  };
}

function sliceMachineTable(table: MachineTable, from: number, to: number): MachineTable {
  const { offsets, retiredAt, commissionedAt } = table;
  const [first, end] = [offsets[from], offsets[to]];
  const attributes = Object.entries(table.attributes).map(([name, column]): [string, AttributeColumn] => [
    name,
    column.type === "number"
      ? { ...column, values: column.values.slice(first, end) }
      : { ...column, values: column.values.slice(first, end) },
  ]);
  return {
    ...table,
    offsets: sliceOffsets(offsets, from, to),
    validFrom: table.validFrom.slice(first, end),
    attributes: Object.fromEntries(attributes),
    ...(retiredAt && { retiredAt: retiredAt.slice(from, to) }),
    ...(commissionedAt && { commissionedAt: commissionedAt.slice(from, to) }),
  };
}
