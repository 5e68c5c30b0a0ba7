/** A fleet in which some of the rows say something else. */
import type { AttributeColumn, Events, Fleet, MachineTable, Telemetry } from "../core/fleet.ts";
import { takeEvents } from "./drop-rows.ts";
import { type Noise, noise } from "./noise.ts";
import { ownersOf, type PickedRows, rowsOf } from "./picked-rows.ts";

export interface Change {
  /** Each row is changed in the same way whichever others are. */
  seed: number;
  /** Whether a reading may also go missing. */
  missing: boolean;
  /** The new instant of an event, an end, a validity: for a machine (-1: all), whether it is an outcome, and a random number in [0, 1). */
  moved: (machine: number, outcome: boolean, share: number) => number;
}

/** Readings and attributes get other values, events other instants and kinds, reference rows other values. The fleet given stays as it is. */
export function changeRows(fleet: Fleet, picked: readonly PickedRows[], change: Change): Fleet {
  const { schedule, limits, machineTable } = fleet;
  const intervals = rowsOf(picked, "schedule");
  const limited = rowsOf(picked, "limits");
  const at = noise(change.seed, "reference");
  return {
    ...fleet,
    telemetry: fleet.telemetry.map((table) => changeReadings(table, rowsOf(picked, "telemetry", table.name), change)),
    events: Object.fromEntries(
      Object.entries(fleet.events).map(([name, events]) => {
        const ended = changeEnds(events, rowsOf(picked, "ends", name), change);
        return [name, changeEvents(ended, rowsOf(picked, "events", name), change)];
      }),
    ),
    ...(machineTable && { machineTable: changeFacts(machineTable, picked, change) }),
    ...(schedule && {
      schedule: replaced(schedule, intervals, (row, i) => ({ ...row, interval: row.interval * (1.5 + at(i, 0)) })),
    }),
    ...(limits && {
      limits: replaced(limits, limited, (row, i) => ({
        ...row,
        low: row.low - (1 + Math.abs(row.low)) * (1 + at(i, 1)),
        high: row.high + (1 + Math.abs(row.high)) * (1 + at(i, 2)),
      })),
    }),
  };
}

function changeReadings(table: Telemetry, rows: Uint32Array | undefined, { seed, missing }: Change): Telemetry {
  if (rows === undefined) return table;
  const sensors = Object.entries(table.sensors).map(([name, values]) => {
    const at = noise(seed, `telemetry ${table.name} ${name}`);
    const copy = values.slice();
    for (const row of rows) copy[row] = otherValue(values, row, at, missing);
    return [name, copy] as const;
  });
  return { ...table, sensors: Object.fromEntries(sensors) };
}

/** Another value of the column and something more, so that it differs for certain; now and then none, if it may be missing. */
function otherValue(values: Float64Array, row: number, at: Noise, missing: boolean): number {
  const old = values[row];
  if (Number.isNaN(old) && !missing) return old;
  if (missing && !Number.isNaN(old) && at(row, 0) < 0.1) return Number.NaN;
  const drawn = values[Math.floor(at(row, 1) * values.length)];
  const start = Number.isNaN(drawn) ? (Number.isNaN(old) ? 0 : old) : drawn;
  const value = start + (1 + Math.abs(start)) * (4 * at(row, 2) - 2);
  return value === old ? value + 1 + Math.abs(value) : value;
}

/** Where an event is moved to when it is changed. */
export function movedInstant(events: Events, row: number, { seed, moved }: Change): number {
  const machine = events.offsets.findIndex((offset) => offset > row) - 1;
  return moved(machine, events.outcome, noise(seed, `events ${events.name}`)(row, 0));
}

function changeEvents(events: Events, rows: Uint32Array | undefined, { seed, moved }: Change): Events {
  if (rows === undefined) return events;
  const at = noise(seed, `events ${events.name}`);
  const owner = ownersOf(events.offsets);
  const { kinds } = events;
  const [time, kind] = [events.time.slice(), events.kind.slice()];
  const knownAt = events.knownAt === events.time ? time : events.knownAt.slice();
  const end = events.end?.slice();
  for (const row of rows) {
    const instant = moved(owner[row], events.outcome, at(row, 0));
    const later = instant - events.time[row];
    time[row] = instant;
    if (knownAt !== time) knownAt[row] += later;
    if (end !== undefined) end[row] += later;
    if (at(row, 1) < 0.5) kind[row] = Math.floor(at(row, 2) * kinds.length);
  }
  return takeEvents({ ...events, time, kind, knownAt, ...(end && { end }) }, inOrder(owner, time, kind));
}

/** Sorted by machine, time, kind, each key once. */
function inOrder(owner: Uint32Array, time: Float64Array, kind: Uint32Array): Uint32Array {
  const order = Uint32Array.from(owner.keys()).sort(
    (a, b) => owner[a] - owner[b] || time[a] - time[b] || kind[a] - kind[b] || a - b,
  );
  const same = (a: number, b: number) => owner[a] === owner[b] && time[a] === time[b] && kind[a] === kind[b];
  return order.filter((row, i) => i === 0 || !same(row, order[i - 1]));
}

function changeEnds(events: Events, rows: Uint32Array | undefined, { seed, moved }: Change): Events {
  if (rows === undefined || events.end === undefined) return events;
  const at = noise(seed, `ends ${events.name}`);
  const owner = ownersOf(events.offsets);
  const end = events.end.slice();
  for (const row of rows) end[row] = moved(owner[row], false, at(row, 0));
  return { ...events, end };
}

function changeFacts(table: MachineTable, picked: readonly PickedRows[], { seed, moved }: Change): MachineTable {
  const rows = rowsOf(picked, "machines") ?? new Uint32Array();
  const { retiredAt, commissionedAt } = table;
  const attributes = Object.entries(table.attributes).map(([name, column]) => {
    const at = noise(seed, `machines ${name}`);
    return [name, changeAttribute(column, rows, at)] as const;
  });
  const movedFacts = (part: "retiredAt" | "commissionedAt", values: Float64Array) => {
    const at = noise(seed, part);
    const copy = values.slice();
    for (const machine of rowsOf(picked, part) ?? []) copy[machine] = moved(machine, false, at(machine, 0));
    return copy;
  };
  return {
    ...table,
    attributes: Object.fromEntries(attributes),
    ...(retiredAt && { retiredAt: movedFacts("retiredAt", retiredAt) }),
    ...(commissionedAt && { commissionedAt: movedFacts("commissionedAt", commissionedAt) }),
  };
}

function changeAttribute(column: AttributeColumn, rows: Uint32Array, at: Noise): AttributeColumn {
  if (column.type === "number") {
    const values = column.values.slice();
    for (const row of rows) values[row] = otherValue(column.values, row, at, true);
    return { type: "number", values };
  }
  const { levels } = column;
  const values = column.values.slice();
  if (levels.length === 0) return column;
  // One of the other levels, or none.
  for (const row of rows) {
    const drawn = Math.floor(at(row, 0) * levels.length) - 1;
    values[row] = drawn >= values[row] ? drawn + 1 : drawn;
  }
  return { type: "category", levels, values };
}

function replaced<Row>(
  rows: readonly Row[],
  picked: Uint32Array | undefined,
  other: (row: Row, i: number) => Row,
): readonly Row[] {
  if (picked === undefined) return rows;
  const copy = [...rows];
  for (const row of picked) copy[row] = other(rows[row], row);
  return copy;
}
