/** The tables of readings that an online featurizer keeps. */
import { ForewarnError } from "../../core/errors.ts";
import { CYCLE_START, cycleSensors, measuredSensors } from "../cycles/cycle-schema.ts";
import { tellingTables } from "../cycles/telling-tables.ts";
import type { FleetSchema } from "../schema.ts";

export interface ReadingTable {
  name: string;
  sensors: readonly string[];
  kind: "telemetry" | "cycles" | "coverage";
  /** Whether its rows tell where operating cycles begin and end. */
  tells: boolean;
}

export const COVERED = "\u0000covered";

/**
 * The telemetry tables, then the operating cycles where the schema has any, then the times that telemetry covers.
 * @param given the sensors of each telemetry table; default: one table with all sensors
 * @throws DATA_COLUMN_MISSING, DATA_SENSOR_AMBIGUOUS when not each of the schema's sensors is in one table; DATA_TABLE_MISSING,
 * DATA_TABLE_AMBIGUOUS when the tables are others than those that cycles by gaps are made of
 */
export function readingTables(
  schema: FleetSchema,
  given: Readonly<Record<string, readonly string[]>> | undefined,
): readonly ReadingTable[] {
  const cycles = schema.cycles === undefined ? [] : [{ name: "\u0000cycles", kind: "cycles" as const }];
  const telemetry = telemetryTables(measuredSensors(schema), given);
  const telling =
    schema.cycles &&
    tellingTables(
      schema.cycles,
      telemetry.map(({ name }) => name),
    );
  return [
    ...telemetry.map((table) => ({ ...table, tells: telling?.includes(table.name) ?? false })),
    ...cycles.map((table) => ({ ...table, sensors: [CYCLE_START, ...cycleSensors(schema)], tells: false })),
    { name: COVERED, sensors: [COVERED], kind: "coverage", tells: false },
  ];
}

function telemetryTables(
  sensors: readonly string[],
  given: Readonly<Record<string, readonly string[]>> | undefined,
): Omit<ReadingTable, "tells">[] {
  if (given === undefined) return [{ name: "telemetry", sensors, kind: "telemetry" }];
  const tables = Object.entries(given).map(([name, all]) => ({
    name,
    sensors: sensors.filter((sensor) => all.includes(sensor)),
    kind: "telemetry" as const,
  }));
  for (const sensor of sensors) {
    const homes = tables.filter((table) => table.sensors.includes(sensor)).length;
    if (homes === 1) continue;
    throw new ForewarnError(homes === 0 ? "DATA_COLUMN_MISSING" : "DATA_SENSOR_AMBIGUOUS", {
      problem:
        homes === 0
          ? "no telemetry table has a sensor that the model needs"
          : "two telemetry tables have a sensor of the same name",
      expected: sensor,
      where: "telemetry",
    });
  }
  return tables;
}
