/** The form of an archive's description that comes from a file; whether its sources name the columns they need is for `checkMappings`. */
import { z } from "zod";
import { violations } from "./contract.ts";
import type { ArchiveSpec } from "./spec.ts";

const name = z.string().min(1);

const rules = z.strictObject(
  Object.fromEntries(Object.entries(violations).map(([name, { rules }]) => [name, z.enum(rules).optional()])),
);

const sourceSchema = z.strictObject({
  format: z.enum(["csv", "parquet"]),
  path: name,
  machine: z.union([name, z.strictObject({ rowNumber: z.literal(true) })], "a name or rowNumber()").optional(),
  machinePrefix: z.string().optional(),
  time: name.optional(),
  sensors: z
    .union(
      [z.array(name), z.strictObject({ tag: name, value: name, tags: z.record(z.string(), name) })],
      "a list of names or what long(…) gives",
    )
    .optional(),
  kind: name.optional(),
  end: name.optional(),
  knownAt: name.optional(),
  attributes: z.record(z.string(), z.enum(["category", "number"])).optional(),
  retiredAt: name.optional(),
  commissionedAt: name.optional(),
  validFrom: name.optional(),
  match: z.record(z.string(), name).optional(),
  component: name.optional(),
  interval: name.optional(),
  sensor: name.optional(),
  low: name.optional(),
  high: name.optional(),
  remaining: name.optional(),
  delay: z.string().optional(),
  delimiter: z.string().optional(),
  columns: z.array(name).optional(),
  outcome: z.boolean().optional(),
  units: z.record(z.string(), name).optional(),
  ranges: z.record(z.string(), z.tuple([z.number().nullable(), z.number().nullable()])).optional(),
  renamed: z.record(z.string(), z.array(name)).optional(),
  missing: z.array(name).optional(),
  timeZone: name.optional(),
  notAfter: z.union([name, z.number()], "an instant").optional(),
  stamp: z.enum(["start", "end"]).optional(),
  stampInterval: name.optional(),
  order: z.enum(["sorted", "any"]).optional(),
  rules: rules.optional(),
});

const endOfLifeSchema = z.strictObject({
  format: z.literal("endOfLife"),
  component: name.optional(),
  remaining: sourceSchema.optional(),
});

export const archiveSchema: z.ZodType<ArchiveSpec> = z.strictObject({
  time: z.enum(["timestamp", "cycles"]),
  machines: sourceSchema.optional(),
  telemetry: z.array(sourceSchema),
  events: z
    .record(
      z.string(),
      z.discriminatedUnion("format", [sourceSchema, endOfLifeSchema], '"csv", "parquet" or "endOfLife"'),
    )
    .optional(),
  reference: z.strictObject({ schedule: sourceSchema.optional(), limits: sourceSchema.optional() }).optional(),
});
