/** Cuts a schema down to what chosen columns read. */
import type { PlanContext, Read } from "./feature.ts";
import { planEach } from "./plan.ts";
import type { AttributeSchema, EventSchema, FleetSchema } from "./schema.ts";
import type { FeatureSpec } from "./spec.ts";

/**
 * The schema that is left when of all planned columns only those named are kept: whole tables and attributes that a spec names
 * stay, the kinds and values of dropped columns go.
 */
export function restrictSchema(
  { specs, schema, every }: PlanContext & { specs: readonly FeatureSpec[] },
  kept: ReadonlySet<string>,
): FleetSchema {
  const planned = planEach(specs, { schema, every });
  const named = planned.flatMap(({ reads }) => reads);
  const columns = planned.flatMap((feature) => feature.columns).filter(({ name }) => kept.has(name));
  const reads = columns.flatMap((column) => column.reads);
  const tables = Object.entries(schema.events).filter(([table]) => named.some(readsTable(table)));
  const attributes = Object.entries(schema.attributes).filter(([attribute]) => named.some(readsAttribute(attribute)));
  return {
    time: schema.time,
    sensors: schema.sensors.filter((sensor) => named.some((read) => "sensor" in read && read.sensor === sensor)),
    events: Object.fromEntries(tables.map(([table, events]) => [table, restrictKinds(table, events, reads)])),
    attributes: Object.fromEntries(
      attributes.map(([attribute, column]) => [attribute, restrictLevels(attribute, column, reads)]),
    ),
    ...(named.some(readsReference("schedule")) && { schedule: schema.schedule }),
    ...(named.some(readsReference("limits")) && { limits: schema.limits }),
  };
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

function readsTable(table: string): (read: Read) => boolean {
  return (read) => "table" in read && read.table === table;
}

function readsReference(table: "schedule" | "limits"): (read: Read) => boolean {
  return (read) => "reference" in read && read.reference === table;
}

function readsAttribute(attribute: string): (read: Read) => boolean {
  return (read) => "attribute" in read && read.attribute === attribute;
}
