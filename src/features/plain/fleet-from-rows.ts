/** A fleet from plain objects, for small uses. */
import type { Fleet } from "../../core/fleet.ts";
import type { TimeKind } from "../../core/time.ts";
import { checkFleetInput } from "./check-fleet-input.ts";
import { machineName, requireText, wrongType } from "./checked-value.ts";
import { type Codes, type FleetFacts, fleetFromColumns } from "./fleet-from-columns.ts";
import { type Instant, instantOf } from "./instant-of.ts";

/** A row of telemetry: every other member is a sensor's reading, a number; null and undefined are missing. */
export interface ReadingRow {
  /** Text, or a whole number, which is taken as text. */
  machine: string | number;
  time: Instant;
  /** When it became known. Default: at its time. */
  knownAt?: Instant;
  readonly [sensor: string]: unknown;
}

export interface EventRow {
  machine: string | number;
  time: Instant;
  /** Default: "". */
  kind?: string;
  /** When it became known. Default: at its time. */
  knownAt?: Instant;
}

export interface FleetRows extends FleetFacts {
  /** What times count. Default: "timestamp"; numbers are then microseconds since 1970, UTC. */
  time?: TimeKind;
  /** Rows in any order: of one table, or of several by name. */
  telemetry: readonly ReadingRow[] | Readonly<Record<string, readonly ReadingRow[]>>;
  /** Rows in any order, by table. Default: none. */
  events?: Readonly<Record<string, readonly EventRow[]>>;
}

/**
 * A fleet as `loadFleet` gives it, from rows in memory. The fleet's machines are those with telemetry; what is said of others is left out.
 * @throws DATA_INSTANT, DATA_COLUMN_TYPE, DATA_DUPLICATE, DATA_SENSOR_AMBIGUOUS with the row and member
 */
export function fleetFromRows(given: FleetRows): Fleet {
  checkFleetInput(given, "fleetFromRows");
  const { time = "timestamp", telemetry, events, ...facts } = given;
  const tables = Array.isArray(telemetry) ? { telemetry } : telemetry;
  const readings = Object.entries(tables as Record<string, readonly ReadingRow[]>).map(([name, rows]) => {
    requireRows(rows, name);
    const sensors = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !keys.has(key));
    return {
      ...keyColumns(name, rows, time),
      sensors: Object.fromEntries(sensors.map((sensor) => [sensor, column(name, rows, sensor)])),
    };
  });
  const records = Object.entries(events ?? {}).map(([name, rows]) => {
    requireRows(rows, name);
    const kind = rows.map(({ kind: value }, i) => {
      if (value === undefined || value === null) return "";
      requireText(value, `${name}[${i}].kind`);
      return value;
    });
    return { ...keyColumns(name, rows, time), kind: coded(kind) };
  });
  return fleetFromColumns(time, readings, records, facts);
}

const keys = new Set(["machine", "time", "knownAt"]);

function keyColumns(name: string, rows: readonly EventRow[], time: TimeKind) {
  const late = rows.some(({ knownAt }) => knownAt !== undefined && knownAt !== null);
  const at = Float64Array.from(rows, (row, i) => instantOf(row.time, time, `${name}[${i}].time`));
  return {
    name,
    machine: coded(rows.map(({ machine }, i) => machineName(machine, `${name}[${i}].machine`))),
    time: at,
    ...(late && {
      knownAt: Float64Array.from(rows, ({ knownAt }, i) =>
        knownAt === undefined || knownAt === null ? at[i] : instantOf(knownAt, time, `${name}[${i}].knownAt`),
      ),
    }),
  };
}

function column(name: string, rows: readonly ReadingRow[], sensor: string): Float64Array {
  return Float64Array.from(rows, (row, i) => {
    // A sensor may be named like what every object has, such as "constructor".
    const value = Object.hasOwn(row, sensor) ? row[sensor] : undefined;
    if (typeof value === "number") return value;
    if (value === undefined || value === null) return Number.NaN;
    throw wrongType(`${name}[${i}].${sensor}`, "a number", value);
  });
}

function coded(values: readonly string[]): Codes {
  const names = [...new Set(values)];
  const codes = new Map(names.map((name, code) => [name, code]));
  return { names, codes: Uint32Array.from(values, (value) => codes.get(value) as number) };
}

function requireRows(rows: unknown, name: string): asserts rows is readonly object[] {
  if (!Array.isArray(rows)) throw wrongType(name, "a list of rows", rows);
  const odd = rows.findIndex((row) => typeof row !== "object" || row === null || Array.isArray(row));
  if (odd >= 0) throw wrongType(`${name}[${odd}]`, "an object", rows[odd]);
}
