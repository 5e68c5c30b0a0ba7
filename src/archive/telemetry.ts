/** Telemetry sources to sorted telemetry tables: sources that name the same sensors are appended into one. */
import { ForewarnError } from "../core/errors.ts";
import type { Telemetry } from "../core/fleet.ts";
import { compareBytes } from "../core/order.ts";
import { instantName } from "../core/time.ts";
import type { Field } from "./field.ts";
import { isLate, knownAtSql } from "./known-at.ts";
import { offsetsOf } from "./machine-codes.ts";
import { telemetryName } from "./source-name.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { account, addSource, createTable, duplicate, type LoadContext, type Table } from "./table.ts";

/** A table that is read but not yet sorted: f0 machine, f1 time, f2 known at, f3… the sensors. */
export interface TelemetryTable extends Table {
  sensors: readonly string[];
  late: boolean;
}

/**
 * Reads the telemetry sources; the reports are in the order of the sources.
 * @throws PIPELINE_SENSOR_TWICE and what `addSource` throws.
 */
export async function readTelemetry(
  context: LoadContext,
  specs: readonly SourceSpec[],
): Promise<{ tables: TelemetryTable[]; reports: SourceReport[] }> {
  const tables: TelemetryTable[] = [];
  const reports: SourceReport[] = [];
  for (const { sensors, members } of groupBySensors(specs)) {
    const kinds = ["machine", "instant", "instant", ...sensors.map(() => "number" as const)] as const;
    const table = await createTable(context, `telemetry_${tables.length}`, kinds);
    const filesOf = new Map<number, Awaited<ReturnType<typeof addSource>>>();
    for (const i of members) {
      const spec = specs[i];
      const fields: Field[] = [
        { kind: "machine", column: spec.machine, prefix: spec.machinePrefix, required: "key" },
        { kind: "instant", column: spec.time, required: "key" },
        { kind: "instant", column: spec.knownAt },
        ...sensors.map((column) => ({ kind: "number" as const, column })),
      ];
      const stored = { 2: knownAtSql(spec, context.time) };
      filesOf.set(i, await addSource(context, table, { spec, source: telemetryName(i, specs.length), fields, stored }));
    }
    await account(context, table, "true", "");
    for (const [i, files] of filesOf) reports[i] = sourceReport(telemetryName(i, specs.length), files);
    tables.push({ ...table, sensors, late: members.some((i) => isLate(specs[i])) });
  }
  return { tables, reports };
}

/**
 * Sorts one table by machine and time.
 * @throws DATA_DUPLICATE when a machine has two rows at one time.
 */
export async function sortTelemetry(
  context: LoadContext,
  table: TelemetryTable,
  name: string,
  machines: readonly string[],
): Promise<Telemetry> {
  const { database } = context;
  const readings = table.sensors.map((_, i) => `coalesce(f${i + 3}, 'NaN'::DOUBLE)`);
  const columns = ["CAST(code AS DOUBLE)", "f1", ...(table.late ? ["f2"] : []), ...readings];
  const rows = table.files.reduce((total, { report }) => total + report.read, 0);
  const [machine, time, ...rest] = await database.numbers(
    `SELECT ${columns.join(", ")} FROM ${table.name} JOIN fleet_machine ON f0 = machine ORDER BY code, f1`,
    rows,
  );
  for (let row = 1; row < rows; row++) {
    if (machine[row] === machine[row - 1] && time[row] === time[row - 1]) {
      const key = { f0: machines[machine[row]], f1: time[row] };
      const found = `machine \`${key.f0}\` twice at ${instantName(key.f1, context.time)}`;
      throw await duplicate(database, table, { key, found });
    }
  }
  const knownAt = table.late ? rest[0] : time;
  const values = table.late ? rest.slice(1) : rest;
  await database.run(`DROP TABLE ${table.name}`);
  const sensors = Object.fromEntries(table.sensors.map((sensor, i) => [sensor, values[i]]));
  return { name, offsets: offsetsOf(machine, machines.length), time, knownAt, sensors };
}

function groupBySensors(specs: readonly SourceSpec[]) {
  const groups = new Map<string, { sensors: readonly string[]; members: number[] }>();
  const owner = new Map<string, string>();
  specs.forEach((spec, i) => {
    const sensors = spec.sensors ?? [];
    const key = JSON.stringify([...sensors].sort(compareBytes));
    const group = groups.get(key);
    if (group !== undefined) {
      group.members.push(i);
      return;
    }
    groups.set(key, { sensors, members: [i] });
    for (const sensor of sensors) {
      const other = owner.get(sensor);
      if (other !== undefined) {
        throw new ForewarnError("PIPELINE_SENSOR_TWICE", {
          problem: "a sensor is named twice",
          expected: "sources with the same sensors, or with sensors of their own",
          found: `\`${sensor}\` in ${other} and ${telemetryName(i, specs.length)}`,
        });
      }
      owner.set(sensor, telemetryName(i, specs.length));
    }
  });
  return [...groups.values()];
}
