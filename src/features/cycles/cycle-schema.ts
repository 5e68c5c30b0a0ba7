/** The sensors that operating cycles give: one value a cycle, which every word that takes a sensor may read. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { compareBytes } from "../../core/order.ts";
import type { FleetSchema } from "../schema.ts";
import { requireSensor } from "../words/known.ts";
import { columnName } from "../words/names.ts";
import { type CycleStatistic, cycleStatistics } from "./cycle-statistics.ts";
import { checkCycles, type OperatingCycles, operatingCyclesShape } from "./operating-cycles.ts";

/** How long a cycle lasted, from its first row to its last, in hours: 0 for a cycle of one row. */
export const CYCLE_DURATION = "cycle_duration";
/** How many rows a cycle has. */
export const CYCLE_COUNT = "cycle_count";

/** When a cycle began: a column of the table of cycles that is no sensor, since its name can be none of a column's. */
export const CYCLE_START = "cycle start";

export interface CycleSchema {
  of: OperatingCycles;
  /** What is made of the readings of each cycle, beside its duration and its number of rows; sorted by name. */
  quantities: readonly CycleQuantity[];
  /** By gaps, the telemetry tables whose rows tell where cycles begin and end. Absent: the only one; by state it is that of the sensor. */
  tables?: readonly string[];
}

export interface CycleQuantity {
  /** The sensor that it gives, such as `volt_mean_cycle`. */
  name: string;
  sensor: string;
  statistic: CycleStatistic;
}

export const cycleSchemaShape: z.ZodType<CycleSchema> = z.strictObject({
  of: operatingCyclesShape,
  quantities: z.array(z.strictObject({ name: z.string(), sensor: z.string(), statistic: z.enum(cycleStatistics) })),
  tables: z.array(z.string()).min(2).optional(),
});

/** The name of the sensor that a statistic of a cycle gives. */
export function cycleSensorName(sensor: string, statistic: CycleStatistic): string {
  return columnName(sensor, statistic, "cycle");
}

/** The sensors that have one value a cycle. */
export function cycleSensors({ cycles }: Pick<FleetSchema, "cycles">): string[] {
  return cycles === undefined ? [] : [CYCLE_DURATION, CYCLE_COUNT, ...cycles.quantities.map(({ name }) => name)];
}

export function isCycleSensor(schema: Pick<FleetSchema, "cycles">, sensor: string): boolean {
  return cycleSensors(schema).includes(sensor);
}

/** The sensors that the telemetry must have for them. */
export function sensorsOfCycles({ of, quantities }: CycleSchema): string[] {
  return [...quantities.map(({ sensor }) => sensor), ...(of.cycles === "state" ? [of.state] : [])];
}

/** The sensors that the telemetry itself has. */
export function measuredSensors(schema: Pick<FleetSchema, "sensors" | "cycles">): string[] {
  const made = new Set(cycleSensors(schema));
  return schema.sensors.filter((sensor) => !made.has(sensor));
}

/**
 * A fleet's schema with the sensors of its cycles.
 * @param wanted the statistics that `perCycle` asks for, in any order, each any number of times.
 * @throws PIPELINE_CYCLES for a fleet whose time is a counter, PIPELINE_UNKNOWN_SENSOR, PIPELINE_NAME_COLLISION.
 */
export function withCycleSensors(
  schema: FleetSchema,
  of: OperatingCycles,
  wanted: readonly Omit<CycleQuantity, "name">[],
): FleetSchema {
  checkCycles(of, "cycles");
  if (schema.time === "cycles") {
    throw new ForewarnError("PIPELINE_CYCLES", {
      problem: "a fleet whose time is a counter of cycles has no operating cycles to be found in it",
      expected: "timestamps",
      where: "cycles",
      hint: "leave `cycles` out: every row is a cycle",
    });
  }
  if (of.cycles === "state") requireSensor(schema, of.state, "operatingCycles");
  const quantities = new Map<string, CycleQuantity>();
  for (const { sensor, statistic } of wanted) {
    requireSensor(schema, sensor, "perCycle");
    const name = cycleSensorName(sensor, statistic);
    const other = quantities.get(name);
    if (other !== undefined && other.sensor !== sensor) throw collision(name);
    quantities.set(name, { name, sensor, statistic });
  }
  const sorted = [...quantities.values()].sort((a, b) => compareBytes(a.name, b.name));
  const cycles = {
    of,
    quantities: sorted,
    ...(of.cycles === "gap" && schema.tables !== undefined && { tables: schema.tables }),
  };
  const taken = cycleSensors({ cycles }).find((name) => schema.sensors.includes(name));
  if (taken !== undefined) throw collision(taken);
  return { ...schema, sensors: [...schema.sensors, ...cycleSensors({ cycles })].sort(compareBytes), cycles };
}

function collision(name: string): ForewarnError {
  return new ForewarnError("PIPELINE_NAME_COLLISION", {
    problem: "a sensor has the name of a quantity of operating cycles",
    found: name,
    hint: "rename the sensor in its source",
  });
}
