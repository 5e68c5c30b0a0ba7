/** A fleet without some of its rows. */
import type { AttributeColumn, Events, Fleet, MachineTable, Telemetry } from "../core/fleet.ts";
import { type PickedRows, pick, rowsOf } from "./picked-rows.ts";

/** Deletes the rows picked; an event that lasts loses its end, a machine its retirement or commissioning, which is then still ahead. The fleet given stays as it is. */
export function dropRows(fleet: Fleet, picked: readonly PickedRows[]): Fleet {
  const { schedule, limits, machineTable } = fleet;
  const without = <Row>(rows: readonly Row[], dropped: Uint32Array | undefined) => {
    const gone = new Set(dropped);
    return rows.filter((_, row) => !gone.has(row));
  };
  return {
    ...fleet,
    telemetry: fleet.telemetry.map((table) => dropReadings(table, rowsOf(picked, "telemetry", table.name))),
    events: Object.fromEntries(
      Object.entries(fleet.events).map(([name, events]) => {
        const open = openEnds(events, rowsOf(picked, "ends", name));
        return [name, dropEvents(open, rowsOf(picked, "events", name))];
      }),
    ),
    ...(machineTable && { machineTable: dropFacts(machineTable, picked) }),
    ...(schedule && { schedule: without(schedule, rowsOf(picked, "schedule")) }),
    ...(limits && { limits: without(limits, rowsOf(picked, "limits")) }),
  };
}

/** Some rows of an event table, by index, grouped anew. */
export function takeEvents(events: Events, rows: Uint32Array): Events {
  const { time, knownAt, kind, end } = events;
  const taken = takeFloats(time, rows);
  return {
    ...events,
    offsets: regrouped(events.offsets, rows),
    time: taken,
    knownAt: knownAt === time ? taken : takeFloats(knownAt, rows),
    kind: Uint32Array.from(rows, (row) => kind[row]),
    ...(end && { end: takeFloats(end, rows) }),
  };
}

function dropEvents(events: Events, dropped: Uint32Array | undefined): Events {
  return dropped === undefined ? events : takeEvents(events, kept(events.time.length, dropped));
}

function openEnds(events: Events, rows: Uint32Array | undefined): Events {
  return rows === undefined || events.end === undefined
    ? events
    : { ...events, end: filled(events.end, rows, Number.POSITIVE_INFINITY) };
}

function dropReadings(table: Telemetry, dropped: Uint32Array | undefined): Telemetry {
  if (dropped === undefined) return table;
  const rows = kept(table.time.length, dropped);
  const time = takeFloats(table.time, rows);
  return {
    name: table.name,
    offsets: regrouped(table.offsets, rows),
    time,
    knownAt: table.knownAt === table.time ? time : takeFloats(table.knownAt, rows),
    sensors: Object.fromEntries(
      Object.entries(table.sensors).map(([name, values]) => [name, takeFloats(values, rows)]),
    ),
  };
}

function dropFacts(table: MachineTable, picked: readonly PickedRows[]): MachineTable {
  const { retiredAt, commissionedAt } = table;
  const dropped = rowsOf(picked, "machines");
  const rows = dropped && kept(table.validFrom.length, dropped);
  const column = (values: AttributeColumn, index: Uint32Array): AttributeColumn =>
    values.type === "number"
      ? { type: "number", values: takeFloats(values.values, index) }
      : { ...values, values: Int32Array.from(index, (row) => values.values[row]) };
  return {
    ...table,
    ...(rows && {
      offsets: regrouped(table.offsets, rows),
      validFrom: takeFloats(table.validFrom, rows),
      attributes: Object.fromEntries(
        Object.entries(table.attributes).map(([name, values]) => [name, column(values, rows)]),
      ),
    }),
    ...(retiredAt && { retiredAt: filled(retiredAt, rowsOf(picked, "retiredAt"), Number.POSITIVE_INFINITY) }),
    // Not commissioned as yet is a fact of its own; NaN would say that nobody knows when it was.
    ...(commissionedAt && {
      commissionedAt: filled(commissionedAt, rowsOf(picked, "commissionedAt"), Number.POSITIVE_INFINITY),
    }),
  };
}

function kept(count: number, dropped: Uint32Array): Uint32Array {
  const gone = new Uint8Array(count);
  for (const row of dropped) gone[row] = 1;
  return pick(count, (row) => gone[row] === 0);
}

function takeFloats(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]];
  return taken;
}

function filled(values: Float64Array, rows: Uint32Array | undefined, value: number): Float64Array {
  if (rows === undefined) return values;
  const copy = values.slice();
  for (const row of rows) copy[row] = value;
  return copy;
}

/** Offsets of rows that stay grouped by machine. */
function regrouped(offsets: Uint32Array, rows: Uint32Array): Uint32Array {
  const grouped = new Uint32Array(offsets.length);
  let machine = 0;
  const counts = new Uint32Array(offsets.length);
  // Rows of one machine may come in any order, machines only in theirs.
  for (const row of rows) {
    while (row >= offsets[machine + 1]) machine++;
    counts[machine + 1]++;
  }
  for (let m = 1; m < offsets.length; m++) grouped[m] = grouped[m - 1] + counts[m];
  return grouped;
}
