/** Telemetry sources to tables: sources that name the same sensors are appended into one. */
import { ForewarnError } from "../core/errors.ts";
import { compareBytes } from "../core/order.ts";
import type { Field } from "./field.ts";
import { isLate, knownAtSql } from "./known-at.ts";
import { telemetryName } from "./source-name.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";
import type { SourceSpec } from "./spec.ts";
import { account, addSource, createTable, type LoadContext, type Table } from "./table.ts";

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
