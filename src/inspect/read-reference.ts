/** Forgivingly read machine tables and limits: what is in them, and the limits that hold for each machine. */
import type { Database } from "../archive/database.ts";
import { identifier } from "../archive/sql.ts";
import type { ForgivingSource } from "./forgiving-fleet.ts";

export interface MachineTableFacts {
  rows: number;
  /** Machines with two rows from one instant on. */
  repeated: number;
  /** Machines that have telemetry and no row, and the other way round. */
  unlisted: readonly string[];
  withoutTelemetry: readonly string[];
  /** Machines that a row says have left the fleet. */
  retired: ReadonlySet<string>;
  /** Rows without a value, by attribute. */
  missing: Readonly<Record<string, number>>;
  /** The attributes of each machine as text, from one of its rows. */
  attributes: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** The fields of a machine table before its attributes. */
const FIXED = 4;

export async function readMachineTable(
  database: Database,
  source: ForgivingSource,
  machines: readonly string[],
): Promise<MachineTableFacts> {
  const table = identifier(source.table);
  const names = Object.keys(source.spec.attributes ?? {});
  const columns = names.map((_, i) => `any_value(f${FIXED + i}::VARCHAR)`);
  const rows = await database.rows(
    `SELECT ${["f0", "count(*) - count(DISTINCT coalesce(f1, '-inf'::DOUBLE))", "count(f2)", ...columns].join(", ")} FROM ${table} WHERE f0 IS NOT NULL GROUP BY f0 ORDER BY f0`,
  );
  const missing = names.map((_, i) => `count(*) FILTER (f${FIXED + i} IS NULL)`);
  const [counts] = await database.rows(`SELECT ${["count(*)", ...missing].join(", ")} FROM ${table}`);
  const listed = new Map(
    rows.map(([machine, , , ...values]) => [
      String(machine),
      Object.fromEntries(names.flatMap((name, i) => (values[i] === null ? [] : [[name, String(values[i])]]))),
    ]),
  );
  const known = new Set(machines);
  return {
    rows: source.rows,
    repeated: rows.filter(([, more]) => Number(more) > 0).length,
    unlisted: machines.filter((machine) => !listed.has(machine)),
    withoutTelemetry: [...listed.keys()].filter((machine) => !known.has(machine)),
    retired: new Set(rows.flatMap(([machine, , retired]) => (Number(retired) > 0 ? [String(machine)] : []))),
    missing: Object.fromEntries(
      names.flatMap((name, i) => (Number(counts[i + 1]) === 0 ? [] : [[name, Number(counts[i + 1])]])),
    ),
    attributes: listed,
  };
}

export interface LimitFacts {
  rows: number;
  /** Sensors that no telemetry source names. */
  unknown: readonly string[];
  /** Rows whose lower limit lies above the upper one. */
  crossed: number;
  limitsOf(machine: string, sensor: string): { low: number; high: number } | undefined;
}

export async function readLimits(
  database: Database,
  source: ForgivingSource,
  sensors: readonly string[],
  attributes: MachineTableFacts["attributes"] | undefined,
): Promise<LimitFacts> {
  const match = Object.keys(source.spec.match ?? {});
  const columns = [
    "f0",
    "coalesce(f2, '-inf'::DOUBLE)",
    "coalesce(f3, 'inf'::DOUBLE)",
    ...match.map((_, i) => `f${4 + i}`),
  ];
  const rows = await database.rows(
    `SELECT ${columns.join(", ")} FROM ${identifier(source.table)} WHERE f0 IS NOT NULL ORDER BY file, row`,
  );
  const limits = rows.map(([sensor, low, high, ...values]) => ({
    sensor: String(sensor),
    low: Number(low),
    high: Number(high),
    wanted: match.flatMap((attribute, i) => (values[i] === null ? [] : [[attribute, String(values[i])] as const])),
  }));
  return {
    rows: source.rows,
    unknown: [...new Set(limits.map(({ sensor }) => sensor))].filter((sensor) => !sensors.includes(sensor)),
    crossed: limits.filter(({ low, high }) => low > high).length,
    limitsOf(machine, sensor) {
      const own = attributes?.get(machine) ?? {};
      return limits.findLast(
        (row) => row.sensor === sensor && row.wanted.every(([attribute, value]) => own[attribute] === value),
      );
    },
  };
}
