/** Telemetry sources to tables: sources that name the same sensors are appended into one, and a long one becomes a table a sensor. */
import { ruleOf } from "./contract.ts";
import { settleDuplicates, settlesDuplicates } from "./duplicates.ts";
import type { SourceRows } from "./file-rows.ts";
import { futureChecks } from "./future.ts";
import { isLate, knownAtSql } from "./known-at.ts";
import { isLong } from "./long.ts";
import { sensorTables } from "./long-tables.ts";
import { MACHINE_ROWS } from "./machine-table.ts";
import { setAside } from "./set-aside.ts";
import { telemetryFields } from "./source-fields.ts";
import { telemetryName } from "./source-name.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { account, addSource, createScannedTable, createTable, type LoadContext, type Table } from "./table.ts";
import { groupBySensors } from "./telemetry-groups.ts";

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
      const source = telemetryName(i, specs.length);
      filesOf.set(i, await addSource(context, table, telemetryRows(context, specs[i], source, sensors)));
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

/** What a telemetry source is read for, in the order of its table's sensors. */
export function telemetryRows(
  context: LoadContext,
  spec: SourceSpec,
  source: string,
  sensors: readonly string[],
): SourceRows {
  const stored = { 2: knownAtSql(spec, context.time) };
  return { spec, source, fields: telemetryFields(spec, sensors), stored, checks: futureChecks(context, spec) };
}

/** Whether rows of a source may have to be set aside after they were read. */
export function needsCopy(spec: SourceSpec): boolean {
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
