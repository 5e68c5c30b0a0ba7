/** One pass over a telemetry table, sorted by machine and time: sampling, gaps, repeated keys, missing and constant readings. */
import type { Database } from "../archive/database.ts";
import { type ConstantRun, type RunCollector, runCollector } from "./constant-runs.ts";
import type { TelemetryGroup } from "./telemetry-groups.ts";

export interface Gap {
  /** Index of the machine. */
  machine: number;
  /** The last reading before it and the first after it. */
  from: number;
  to: number;
  /** How many usual intervals of the machine it is long. */
  times: number;
}

export interface MachineWalk {
  /** Index among the fleet's machines. */
  machine: number;
  rows: number;
  /** Rows whose time another row of the machine has. */
  repeated: number;
  first: number;
  last: number;
  /** The median interval; NaN with fewer than two instants. */
  usual: number;
  /** Intervals within 1 % of the median, and how many there are. */
  regular: number;
  intervals: number;
  gaps: number;
}

export interface SensorWalk {
  sensor: string;
  readings: number;
  missing: number;
  /** Mean interval between its readings where it has far fewer than the table has rows. */
  sparseEvery?: number;
  /** Readings beyond the limits of their machine, and the machine with the most of them. */
  beyond?: { readings: number; machine: number; ofMachine: number; worst: number };
  stuck: readonly ConstantRun[];
  saturated: readonly ConstantRun[];
  /** All readings of all machines are equal. */
  constant: boolean;
}

export interface TelemetryWalk {
  machines: readonly MachineWalk[];
  sensors: readonly SensorWalk[];
  /** The longest gaps, the longest first. */
  gaps: readonly Gap[];
  gapCount: number;
  /** Of all gaps those within a downtime of their machine. */
  explained: number;
  /** The median of the machines' usual intervals; NaN where no machine has one. */
  usual: number;
  /** The instants of every machine, each once, as in `Telemetry`. */
  time: Float64Array;
  offsets: Uint32Array;
}

export interface WalkOptions {
  machines: readonly string[];
  /** Whether the machine was down some time between two instants. */
  wasDown: (machine: number, from: number, to: number) => boolean;
  /** The limits of each sensor for a machine, if it has any. */
  limitsOf: (machine: number, sensor: string) => { low: number; high: number } | undefined;
}

/** An interval this many times the usual one is a gap. */
export const GAP = 3;
const ROWS_A_BATCH = 2_000_000;
const MOST_GAPS = 200_000;

export async function walkTelemetry(
  database: Database,
  group: TelemetryGroup,
  options: WalkOptions,
): Promise<TelemetryWalk> {
  const codes = new Map(options.machines.map((machine, i) => [machine, i]));
  const counts = (
    await database.rows(`SELECT machine, count(*) FROM ${group.view} GROUP BY machine ORDER BY machine`)
  ).map(([machine, rows]) => ({ name: String(machine), code: codes.get(String(machine)) ?? 0, rows: Number(rows) }));
  await database.run(
    `CREATE OR REPLACE TEMP TABLE walk_machine AS SELECT machine, row_number() OVER (ORDER BY machine) - 1 AS rank FROM (SELECT DISTINCT machine FROM ${group.view})`,
  );
  const walker = walkerOf(
    group,
    options,
    counts.reduce((total, { rows }) => total + rows, 0),
  );
  for (let begin = 0; begin < counts.length; ) {
    let [end, rows] = [begin, 0];
    while (end < counts.length && (end === begin || rows + counts[end].rows <= ROWS_A_BATCH))
      rows += counts[end++].rows;
    const sensors = group.sensors.map((_, i) => `coalesce(s${i}, 'NaN'::DOUBLE)`);
    const columns = await database.numbers(
      `SELECT ${["time", ...sensors].join(", ")} FROM ${group.view} JOIN walk_machine USING (machine) WHERE rank >= ${begin} AND rank < ${end} ORDER BY rank, time, source, file, row`,
      rows,
    );
    let from = 0;
    for (const { code, rows } of counts.slice(begin, end)) {
      walker.machine(
        code,
        columns[0].subarray(from, from + rows),
        columns.slice(1).map((one) => one.subarray(from, from + rows)),
      );
      from += rows;
    }
    begin = end;
  }
  await database.run("DROP TABLE walk_machine");
  return walker.result(options.machines.length);
}

function walkerOf({ sensors }: TelemetryGroup, { wasDown, limitsOf }: WalkOptions, rows: number) {
  const machines: MachineWalk[] = [];
  const times = new Float64Array(rows);
  let instants = 0;
  const ends: { machine: number; end: number }[] = [];
  let gaps: Gap[] = [];
  let [gapCount, explained] = [0, 0];
  const found = sensors.map((sensor) => ({ sensor, ...emptySensor() }));

  function machine(code: number, time: Float64Array, readings: readonly Float64Array[]) {
    const begin = instants;
    for (let i = 0; i < time.length; i++) if (i === 0 || time[i] !== time[i - 1]) times[instants++] = time[i];
    const own = times.subarray(begin, instants);
    ends.push({ machine: code, end: instants });
    const intervals = Float64Array.from({ length: Math.max(0, own.length - 1) }, (_, i) => own[i + 1] - own[i]);
    const usual = median(intervals);
    let [regular, count] = [0, 0];
    for (let i = 0; i < intervals.length; i++) {
      if (Math.abs(intervals[i] - usual) <= 0.01 * usual) regular++;
      if (intervals[i] <= GAP * usual) continue;
      count++;
      gaps.push({ machine: code, from: own[i], to: own[i + 1], times: intervals[i] / usual });
      if (wasDown(code, own[i], own[i + 1])) explained++;
    }
    if (gaps.length > 2 * MOST_GAPS) gaps = longestFirst(gaps).slice(0, MOST_GAPS);
    gapCount += count;
    machines.push({
      machine: code,
      rows: time.length,
      repeated: time.length - own.length,
      first: own[0],
      last: own[own.length - 1],
      usual,
      regular,
      intervals: intervals.length,
      gaps: count,
    });
    for (const [i, sensor] of found.entries())
      walkSensor(sensor, code, time, readings[i], limitsOf(code, sensor.sensor));
  }

  function result(fleetSize: number): TelemetryWalk {
    const usuals = Float64Array.from(machines.map((one) => one.usual).filter((one) => !Number.isNaN(one)));
    const offsets = new Uint32Array(fleetSize + 1);
    let next = 0;
    for (let code = 0; code < fleetSize; code++) {
      if (ends[next]?.machine === code) offsets[code + 1] = ends[next++].end;
      else offsets[code + 1] = offsets[code];
    }
    return {
      machines,
      sensors: found.map(summary),
      gaps: longestFirst(gaps),
      gapCount,
      explained,
      usual: median(usuals),
      time: times.subarray(0, instants),
      offsets,
    };
  }
  return { machine, result };
}

interface SensorState {
  sensor: string;
  readings: number;
  missing: number;
  /** Sum of the spans between a machine's first and last reading, and of the intervals in them. */
  span: number;
  intervals: number;
  beyond: number;
  most: { machine: number; readings: number };
  /** The reading farthest beyond the limits, and how far. */
  worst: number;
  worstBy: number;
  hasLimits: boolean;
  runs: RunCollector;
}

function emptySensor(): Omit<SensorState, "sensor"> {
  const most = { machine: -1, readings: 0 };
  const limits = { beyond: 0, most, worst: Number.NaN, worstBy: -1, hasLimits: false };
  return { readings: 0, missing: 0, span: 0, intervals: 0, ...limits, runs: runCollector() };
}

function walkSensor(
  state: SensorState,
  machine: number,
  time: Float64Array,
  values: Float64Array,
  limits: { low: number; high: number } | undefined,
): void {
  let [count, beyond, first, last] = [0, 0, Number.NaN, Number.NaN];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) continue;
    count++;
    if (count === 1) first = time[i];
    last = time[i];
    state.runs.add(value, time[i]);
    if (limits === undefined) continue;
    const by = Math.max(limits.low - value, value - limits.high);
    if (by <= 0) continue;
    beyond++;
    if (by > state.worstBy) [state.worstBy, state.worst] = [by, value];
  }
  state.runs.endMachine(machine);
  state.readings += count;
  state.missing += values.length - count;
  if (count > 1) {
    state.span += last - first;
    state.intervals += count - 1;
  }
  state.hasLimits ||= limits !== undefined;
  state.beyond += beyond;
  if (beyond > state.most.readings) state.most = { machine, readings: beyond };
}

/** Above this share of rows without a reading, a sensor has a rate of its own. */
const SPARSE = 0.5;

function summary(state: SensorState): SensorWalk {
  const { sensor, readings, missing, span, intervals, beyond, most, worst, hasLimits, runs } = state;
  const sparse = missing > SPARSE * (readings + missing) && intervals > 0;
  return {
    sensor,
    readings,
    missing,
    ...(sparse ? { sparseEvery: span / intervals } : {}),
    ...(hasLimits ? { beyond: { readings: beyond, machine: most.machine, ofMachine: most.readings, worst } } : {}),
    ...runs.tooLong(),
    constant: readings > 0 && runs.isConstant(),
  };
}

function longestFirst(gaps: readonly Gap[]): Gap[] {
  return [...gaps].sort((a, b) => b.to - b.from - (a.to - a.from) || a.machine - b.machine || a.from - b.from);
}

/** The lower median; NaN of nothing. Sorts a copy. */
function median(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : values.slice().sort()[(values.length - 1) >> 1];
}
