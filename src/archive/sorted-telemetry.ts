/** What is asked of a telemetry table so that its rows can be sorted: how many each machine has, the rows, and where two have one time. */
import { ForewarnError } from "../core/errors.ts";
import { instantName } from "../core/time.ts";
import { duplicate } from "./duplicates.ts";
import type { TelemetryTable } from "./read-telemetry.ts";
import { TIME_BINS, type TimeBins } from "./sorted-buckets.ts";
import type { LoadContext } from "./table.ts";

/** Where each machine's rows begin once they are sorted; one more than there are machines. */
export async function telemetryOffsets(
  { database }: LoadContext,
  table: TelemetryTable,
  machines: number,
): Promise<Uint32Array> {
  const counts = `SELECT f0, count(*) AS rows FROM ${table.name} GROUP BY f0`;
  const offsets = new Uint32Array(machines + 1);
  for (const [code, rows] of await database.rows(
    `SELECT code, rows FROM (${counts}) JOIN fleet_machine ON f0 = machine`,
  )) {
    offsets[Number(code) + 1] = Number(rows);
  }
  for (let machine = 0; machine < machines; machine++) offsets[machine + 1] += offsets[machine];
  return offsets;
}

/** How the rows of some machines are spread over time, by the machine's number: two questions for all of them. Each has at least one row. */
export async function telemetryBins(
  { database }: LoadContext,
  table: TelemetryTable,
  machines: readonly number[],
): Promise<Map<number, TimeBins>> {
  const bins = new Map<number, TimeBins>();
  if (machines.length === 0) return bins;
  const joined = `${table.name} JOIN fleet_machine ON f0 = machine`;
  const spans = await database.rows(
    `SELECT code, min(f1), max(f1) FROM ${joined} WHERE code IN (${machines.join(", ")}) GROUP BY code`,
  );
  for (const [code, least, most] of spans as [bigint, number, number][]) {
    const width = Math.ceil((most - least + 1) / TIME_BINS);
    bins.set(Number(code), { least, width, rows: new Float64Array(TIME_BINS + 1) });
  }
  const values = [...bins].map(([code, { least, width }]) => `(${code}, ${least}::DOUBLE, ${width}::DOUBLE)`);
  const counts = await database.rows(
    `SELECT code, floor((f1 - least) / width) AS bin, count(*) FROM ${joined} JOIN (VALUES ${values.join(", ")}) AS spans(code, least, width) USING (code) GROUP BY code, bin`,
  );
  for (const [code, bin, rows] of counts) bins.get(Number(code))!.rows[Number(bin)] = Number(rows);
  return bins;
}

/** How many columns are kept of a table: the time, known at where it differs, the sensors. */
export function telemetryWidth({ late, sensors }: Pick<TelemetryTable, "late" | "sensors">): number {
  return (late ? 2 : 1) + sensors.length;
}

/** Rows and bytes of the sorted columns of tables whose rows are counted. */
export function telemetryTotals(tables: readonly TelemetryTable[]): { rows: number; bytes: number } {
  let [rows, bytes] = [0, 0];
  for (const table of tables) {
    const used = table.files.reduce((sum, { report }) => sum + report.used, 0);
    rows += used;
    bytes += used * telemetryWidth(table) * 8;
  }
  return { rows, bytes };
}

/** SQL of the rows in any order: the machine's number, then the columns. The name may also be a query in parentheses. */
export function telemetrySql({ name, late, sensors }: Pick<TelemetryTable, "name" | "late" | "sensors">): string {
  const readings = sensors.map((_, i) => `coalesce(f${i + 3}, 'NaN'::DOUBLE)`);
  const columns = ["CAST(code AS UINTEGER)", "f1", ...(late ? ["f2"] : []), ...readings];
  return `SELECT ${columns.join(", ")} FROM ${name} JOIN fleet_machine ON f0 = machine`;
}

/** The columns by their names in a fleet. */
export function namedColumns(
  { late, sensors }: Pick<TelemetryTable, "late" | "sensors">,
  columns: readonly Float64Array[],
) {
  const [time, ...rest] = columns;
  const [knownAt, values] = late ? [rest[0], rest.slice(1)] : [time, rest];
  return { time, knownAt, sensors: Object.fromEntries(sensors.map((sensor, i) => [sensor, values[i]])) };
}

/** An error for rows that became more or less between their counting and their reading. */
export function rowsChanged(table: TelemetryTable): ForewarnError {
  return new ForewarnError("DATA_CHANGED", {
    problem: "files changed while they were read",
    expected: "as many rows of each machine as were counted",
    where: table.files.map(({ report }) => report.path).join(", "),
    hint: "run it again once nothing writes to the archive",
  });
}

/** An error for a machine that has two rows at one time. */
export async function repeatedRow(
  context: LoadContext,
  table: TelemetryTable,
  machine: string,
  time: number,
): Promise<ForewarnError> {
  const found = `machine \`${machine}\` twice at ${instantName(time, context.time)}`;
  return await duplicate(context.database, table, { key: { f0: machine, f1: time }, found });
}
