/** The closed operating cycles of a fleet, found in all its rows at once. */
import { ForewarnError } from "../../core/errors.ts";
import type { Fleet, Grouped, Telemetry } from "../../core/fleet.ts";
import { didYouMean } from "../../core/suggest.ts";
import { type CycleSpan, closeSilent, noRowsYet, takeRow } from "./cycle-edges.ts";
import { type CycleRule, cycleRule, type OperatingCycles } from "./operating-cycles.ts";

/** Grouped by machine, ascending by all of their instants. */
export interface ClosedCycles extends Grouped {
  /** First rows. */
  start: Float64Array;
  /** Last rows. */
  last: Float64Array;
  end: Float64Array;
  /** When each is known to be closed: its end plus `late`. The same array as `end` where that is 0. */
  knownAt: Float64Array;
  /** How many rows each has. */
  rows: Uint32Array;
}

/**
 * A cycle that the record ends in is closed by its silence, after the last row.
 * @throws DATA_COLUMN_MISSING when no telemetry table has the sensor of state, PIPELINE_DURATION.
 */
export function closedCycles(fleet: Fleet, spec: OperatingCycles): ClosedCycles {
  const rule = cycleRule(spec);
  const offsets = new Uint32Array(fleet.machines.length + 1);
  // Numbers side by side take a fraction of what as many objects do.
  const found = { start: [] as number[], last: [] as number[], end: [] as number[], rows: [] as number[] };
  const add = (closed: CycleSpan | undefined) => {
    if (closed === undefined) return;
    found.start.push(closed.start);
    found.last.push(closed.last);
    found.end.push(closed.end);
    found.rows.push(closed.rows);
  };
  const { time, holds, offsets: telling } = tellingRows(fleet, rule);
  for (let machine = 0; machine < fleet.machines.length; machine++) {
    const state = noRowsYet();
    for (let row = telling[machine]; row < telling[machine + 1]; row++) {
      add(takeRow(rule, state, time[row], holds === undefined || holds[row] === 1));
    }
    add(closeSilent(rule, state, Number.POSITIVE_INFINITY));
    offsets[machine + 1] = found.end.length;
  }
  const end = Float64Array.from(found.end);
  return {
    offsets,
    start: Float64Array.from(found.start),
    last: Float64Array.from(found.last),
    end,
    knownAt: rule.late === 0 ? end : end.map((instant) => instant + rule.late),
    rows: Uint32Array.from(found.rows),
  };
}

/** The rows of one sensor, without those that become known too late to be in a cycle. */
export interface CountedRows extends Grouped {
  time: Float64Array;
  values: Float64Array;
}

/** @throws DATA_COLUMN_MISSING */
export function countedRows(fleet: Fleet, sensor: string, late: number): CountedRows {
  const table = fleet.telemetry.find(({ sensors }) => Object.hasOwn(sensors, sensor));
  if (table === undefined) {
    throw new ForewarnError("DATA_COLUMN_MISSING", {
      problem: "the telemetry lacks a sensor that operating cycles are made of",
      expected: sensor,
      hint: didYouMean(
        sensor,
        fleet.telemetry.flatMap(({ sensors }) => Object.keys(sensors)),
      ),
    });
  }
  const values = table.sensors[sensor];
  if (!hasLate(table, late)) return { offsets: table.offsets, time: table.time, values };
  const { offsets, kept } = inTime(table, late);
  return {
    offsets,
    time: Float64Array.from(kept, (row) => table.time[row]),
    values: Float64Array.from(kept, (row) => values[row]),
  };
}

/** The rows of a range with a time from `start` to `last`, both included; times ascend. */
export function withinCycle(
  times: ArrayLike<number>,
  range: { from: number; to: number },
  start: number,
  last: number,
): { from: number; to: number } {
  let { from } = range;
  while (from < range.to && times[from] < start) from++;
  let to = from;
  while (to < range.to && times[to] <= last) to++;
  return { from, to };
}

interface TellingRows extends Grouped {
  time: Float64Array;
  /** 1 where the state holds; undefined where it holds in all. */
  holds?: Uint8Array;
}

/** The rows that tell where cycles begin and end, sorted by machine, then time. */
function tellingRows(fleet: Fleet, { state, late }: CycleRule): TellingRows {
  if (state === undefined) return allRows(fleet, late);
  const { offsets, time, values } = countedRows(fleet, state.sensor, late);
  const told = new Uint32Array(offsets.length);
  const kept: number[] = [];
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    for (let row = offsets[machine]; row < offsets[machine + 1]; row++) if (!Number.isNaN(values[row])) kept.push(row);
    told[machine + 1] = kept.length;
  }
  return {
    offsets: told,
    time: Float64Array.from(kept, (row) => time[row]),
    holds: Uint8Array.from(kept, (row) => (values[row] === state.is ? 1 : 0)),
  };
}

function allRows({ telemetry, machines }: Fleet, late: number): TellingRows {
  if (telemetry.length === 1 && !hasLate(telemetry[0], late)) return telemetry[0];
  const offsets = new Uint32Array(machines.length + 1);
  const parts: Float64Array[] = [];
  for (let machine = 0; machine < machines.length; machine++) {
    const times = telemetry.flatMap((table) => timesOf(table, machine, late));
    const all = Float64Array.from(times).sort();
    parts.push(all);
    offsets[machine + 1] = offsets[machine] + all.length;
  }
  const time = new Float64Array(offsets[machines.length]);
  for (const [machine, part] of parts.entries()) time.set(part, offsets[machine]);
  return { offsets, time };
}

function timesOf({ offsets, time, knownAt }: Telemetry, machine: number, late: number): number[] {
  const times: number[] = [];
  for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
    if (knownAt[row] - time[row] <= late) times.push(time[row]);
  }
  return times;
}

function hasLate({ time, knownAt }: Telemetry, late: number): boolean {
  return knownAt !== time && knownAt.some((known, row) => known - time[row] > late);
}

function inTime({ offsets, time, knownAt }: Telemetry, late: number): { offsets: Uint32Array; kept: number[] } {
  const grouped = new Uint32Array(offsets.length);
  const kept: number[] = [];
  for (let machine = 0; machine + 1 < offsets.length; machine++) {
    for (let row = offsets[machine]; row < offsets[machine + 1]; row++) {
      if (knownAt[row] - time[row] <= late) kept.push(row);
    }
    grouped[machine + 1] = kept.length;
  }
  return { offsets: grouped, kept };
}
