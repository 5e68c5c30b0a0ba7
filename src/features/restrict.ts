/** Cuts a schema down to what chosen columns read. */
import { type CycleSchema, cycleSensors, sensorsOfCycles } from "./cycles/cycle-schema.ts";
import type { PlanContext, Read } from "./feature.ts";
import { planEach } from "./plan.ts";
import type { AttributeSchema, EventSchema, FleetSchema } from "./schema.ts";
import type { FeatureSpec } from "./spec.ts";

/**
 * The schema that is left when of all planned columns only those named are kept: whole tables and attributes that a spec names
 * stay, the kinds, values and limits of dropped columns go.
 */
export function restrictSchema(
  { specs, schema, every }: PlanContext & { specs: readonly FeatureSpec[] },
  kept: ReadonlySet<string>,
): FleetSchema {
  const limits = schema.limits && limitsRead(specs, { schema, every }, kept);
  const planned = planEach(specs, { schema: { ...schema, ...(limits && { limits }) }, every });
  const named = planned.flatMap(({ reads }) => reads);
  const columns = planned.flatMap((feature) => feature.columns).filter(({ name }) => kept.has(name));
  const reads = columns.flatMap((column) => column.reads);
  const tables = Object.entries(schema.events).filter(([table]) => named.some(readsTable(table)));
  const attributes = Object.entries(schema.attributes).filter(([attribute]) => named.some(readsAttribute(attribute)));
  const sensors = new Set(named.flatMap((read) => ("sensor" in read ? [read.sensor] : [])));
  const cycles = restrictCycles(schema, sensors);
  for (const sensor of cycles === undefined ? [] : sensorsOfCycles(cycles)) sensors.add(sensor);
  return {
    time: schema.time,
    sensors: schema.sensors.filter((sensor) => sensors.has(sensor)),
    ...(cycles && { cycles }),
    events: Object.fromEntries(tables.map(([table, events]) => [table, restrictKinds(table, events, reads)])),
    attributes: Object.fromEntries(
      attributes.map(([attribute, column]) => [attribute, restrictLevels(attribute, column, reads)]),
    ),
    ...(named.some(readsReference("schedule")) && { schedule: schema.schedule }),
    ...(named.some(readsReference("limits")) && { limits }),
  };
}

/** The cycles with the quantities that are named; none where no sensor of theirs is. */
function restrictCycles(schema: FleetSchema, named: ReadonlySet<string>): CycleSchema | undefined {
  const { cycles } = schema;
  if (cycles === undefined || !cycleSensors(schema).some((sensor) => named.has(sensor))) return undefined;
  return { ...cycles, quantities: cycles.quantities.filter(({ name }) => named.has(name)) };
}

function restrictKinds(table: string, { kinds, outcome }: EventSchema, reads: readonly Read[]): EventSchema {
  const owned = (kind: string) => reads.some((read) => "table" in read && read.table === table && read.kind === kind);
  return { kinds: kinds.filter(owned), outcome };
}

function restrictLevels(attribute: string, column: AttributeSchema, reads: readonly Read[]): AttributeSchema {
  if (column.type === "number") return column;
  const owned = (level: string) =>
    reads.some((read) => "attribute" in read && read.attribute === attribute && read.level === level);
  return { type: "category", levels: column.levels.filter(owned) };
}

/** The sensors whose limits a kept column reads. */
function limitsRead(specs: readonly FeatureSpec[], context: PlanContext, kept: ReadonlySet<string>): string[] {
  const columns = planEach(specs, context).flatMap((feature) => feature.columns);
  const reads = columns
    .filter(({ name, reads: all }) => kept.has(name) && all.some(readsReference("limits")))
    .flatMap((column) => column.reads);
  const sensors = new Set(reads.flatMap((read) => ("sensor" in read ? [read.sensor] : [])));
  return (context.schema.limits ?? []).filter((sensor) => sensors.has(sensor));
}

function readsTable(table: string): (read: Read) => boolean {
  return (read) => "table" in read && read.table === table;
}

function readsReference(table: "schedule" | "limits"): (read: Read) => boolean {
  return (read) => "reference" in read && read.reference === table;
}

function readsAttribute(attribute: string): (read: Read) => boolean {
  return (read) => "attribute" in read && read.attribute === attribute;
}
