/** Telemetry sources to tables: sources that name the same sensors are appended into one, and a long one becomes a table a sensor. */
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import { ruleOf } from "./contract.ts";
import { settleDuplicates, settlesDuplicates } from "./duplicates.ts";
import { futureChecks } from "./future.ts";
import { isLate, knownAtSql } from "./known-at.ts";
import { isLong, sensorsOf } from "./long.ts";
import { sensorTables } from "./long-tables.ts";
import { MACHINE_ROWS } from "./machine-table.ts";
import { setAside } from "./set-aside.ts";
import { telemetryFields } from "./source-fields.ts";
import { telemetryName } from "./source-name.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { account, addSource, createScannedTable, createTable, type LoadContext, type Table } from "./table.ts";

/** A table that is read but not yet sorted: f0 machine, f1 time, f2 known at, f3… the sensors. */
export interface TelemetryTable extends Table {
  sensors: readonly string[];
  late: boolean;
  /** The long table that it is a part of, where it is one: tables of one may be put together again where their times are equal. */
  long?: string;
}

/**
 * Reads the telemetry sources; the reports are in the order of the sources.
 * @throws PIPELINE_SENSOR_TWICE, DATA_MACHINE_UNKNOWN and what `addSource` throws.
 */
export async function readTelemetry(
  context: LoadContext,
  specs: readonly SourceSpec[],
): Promise<{ tables: TelemetryTable[]; reports: SourceReport[] }> {
  const tables: TelemetryTable[] = [];
  const reports: SourceReport[] = [];
  for (const [group, { sensors, members }] of groupBySensors(specs).entries()) {
    const isOfLong = isLong(specs[members[0]].sensors);
    const kinds = telemetryFields(specs[members[0]], sensors).map(({ kind }) => kind);
    const create = members.some((i) => needsCopy(specs[i])) ? createTable : createScannedTable;
    const table = await create(context, `telemetry_${group}`, kinds);
    const filesOf = new Map<number, Awaited<ReturnType<typeof addSource>>>();
    for (const i of members) {
      const spec = specs[i];
      const source = telemetryName(i, specs.length);
      const fields = telemetryFields(spec, sensors);
      const stored = { 2: knownAtSql(spec, context.time) };
      const checks = futureChecks(context, spec);
      filesOf.set(i, await addSource(context, table, { spec, source, fields, stored, checks }));
    }
    await setAsideUnlisted(context, table);
    await settleDuplicates(context, table, isOfLong ? ["f0", "f1", "f3"] : ["f0", "f1"]);
    await account(context, table);
    for (const [i, files] of filesOf) reports[i] = sourceReport(telemetryName(i, specs.length), files);
    const late = members.some((i) => isLate(specs[i]));
    if (isOfLong) tables.push(...(await sensorTables(context, { ...table, sensors, late })));
    else tables.push({ ...table, sensors, late });
  }
  return { tables, reports };
}

/** Whether rows of a source may have to be set aside after they were read. */
function needsCopy(spec: SourceSpec): boolean {
  return settlesDuplicates(spec) || ruleOf(spec, "unlistedMachine") !== "keep";
}

async function setAsideUnlisted(context: LoadContext, table: Table): Promise<void> {
  await setAside(context, table, {
    code: "DATA_MACHINE_UNKNOWN",
    violation: "unlistedMachine",
    problem: "the machine table does not list a machine",
    expected: "a machine that is called as in the machine table",
    field: 0,
    sql: `f0 NOT IN (SELECT f0 FROM ${MACHINE_ROWS})`,
  });
}

function groupBySensors(specs: readonly SourceSpec[]) {
  const groups = new Map<string, { sensors: readonly string[]; members: number[] }>();
  const owner = new Map<string, string>();
  specs.forEach((spec, i) => {
    const sensors = sensorsOf(spec);
    const key = JSON.stringify([isLong(spec.sensors), ...[...sensors].sort(compareBytes)]);
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
