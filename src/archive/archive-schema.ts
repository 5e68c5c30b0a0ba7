/** The form of an archive's description that comes from a file; whether its sources name the columns they need is for `checkMappings`. */
import { z } from "zod";
import type { ArchiveSpec } from "./spec.ts";

const name = z.string().min(1);

const sourceSchema = z.strictObject({
  format: z.enum(["csv", "parquet"]),
  path: name,
  machine: z.union([name, z.strictObject({ rowNumber: z.literal(true) })], "a name or rowNumber()").optional(),
  machinePrefix: z.string().optional(),
  time: name.optional(),
  sensors: z.array(name).optional(),
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
