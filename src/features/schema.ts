/** What a plan needs to know of a fleet: the names of its columns and the values they took, as plain data. */
import { z } from "zod";
import { ForewarnError } from "../core/errors.ts";
import type { Fleet } from "../core/fleet.ts";
import { compareBytes } from "../core/order.ts";
import type { TimeKind } from "../core/time.ts";
import { type CycleSchema, cycleSchemaShape } from "./cycles/cycle-schema.ts";

export interface FleetSchema {
  time: TimeKind;
  /** All lists of names are sorted by bytes. */
  sensors: readonly string[];
  /** The telemetry tables, where there are several; absent in what is cut down to some columns. */
  tables?: readonly string[];
  /** The operating cycles, whose quantities stand among the sensors; absent where there are none. */
  cycles?: CycleSchema;
  events: Readonly<Record<string, EventSchema>>;
  attributes: Readonly<Record<string, AttributeSchema>>;
  /** The components of the recommended schedule; absent where the fleet has none. */
  schedule?: readonly string[];
  /** The sensors with operating limits; absent where the fleet has none. */
  limits?: readonly string[];
}

export interface EventSchema {
  /** Kinds with a column of their own. A record without a kind ("") counts in `any` only. */
  kinds: readonly string[];
  /** Visible strictly after its instant. */
  outcome: boolean;
}

export type AttributeSchema = { type: "number" } | { type: "category"; levels: readonly string[] };

/**
 * Describes a loaded fleet. Limits of sensors that have no telemetry are left out.
 * @throws DATA_SENSOR_AMBIGUOUS when two telemetry tables have a sensor of the same name.
 */
export function describeFleet(fleet: Fleet): FleetSchema {
  const sensors = fleet.telemetry.flatMap((table) => Object.keys(table.sensors)).sort(compareBytes);
  const twice = sensors.find((sensor, i) => sensor === sensors[i - 1]);
  if (twice !== undefined) {
    throw new ForewarnError("DATA_SENSOR_AMBIGUOUS", {
      problem: "two telemetry tables have a sensor of the same name",
      found: twice,
      where: fleet.telemetry
        .filter((table) => Object.hasOwn(table.sensors, twice))
        .map(({ name }) => name)
        .join(", "),
      hint: "rename the column in one of the sources",
    });
  }
  const events = Object.entries(fleet.events).map(
    ([name, table]) => [name, { kinds: [...table.kinds].sort(compareBytes), outcome: table.outcome }] as const,
  );
  const attributes = Object.entries(fleet.machineTable?.attributes ?? {}).map(
    ([name, column]): [string, AttributeSchema] => [
      name,
      column.type === "number" ? { type: "number" } : { type: "category", levels: distinct(column.levels) },
    ],
  );
  return {
    time: fleet.time,
    sensors,
    ...(fleet.telemetry.length > 1 && { tables: distinct(fleet.telemetry.map(({ name }) => name)) }),
    events: Object.fromEntries(events),
    attributes: Object.fromEntries(attributes),
    ...(fleet.schedule && { schedule: distinct(fleet.schedule.map((row) => row.component)) }),
    ...(fleet.limits && {
      limits: distinct(fleet.limits.map((row) => row.sensor).filter((sensor) => sensors.includes(sensor))),
    }),
  };
}

const names = z.array(z.string()).refine((list) => new Set(list).size === list.length, "a name is there twice");

/** The shape of a stored schema. */
export const fleetSchemaShape: z.ZodType<FleetSchema> = z.strictObject({
  time: z.enum(["timestamp", "cycles"]),
  sensors: names,
  tables: names.optional(),
  cycles: cycleSchemaShape.optional(),
  events: z.record(z.string(), z.strictObject({ kinds: names, outcome: z.boolean() })),
  attributes: z.record(
    z.string(),
    z.discriminatedUnion("type", [
      z.strictObject({ type: z.literal("number") }),
      z.strictObject({ type: z.literal("category"), levels: names }),
    ]),
  ),
  schedule: names.optional(),
  limits: names.optional(),
});

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareBytes);
}
