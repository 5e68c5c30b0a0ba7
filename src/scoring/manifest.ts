/** What a registered version says about its scorer: everything needed to score new files, beside featurizer and model. */
import { z } from "zod";
import { archiveSchema } from "../archive/archive-schema.ts";
import { ForewarnError } from "../core/errors.ts";
import { shapeSentence } from "../core/shape-problem.ts";
import { durationLength } from "../core/time.ts";
import { operatingCyclesShape } from "../features/cycles/operating-cycles.ts";
import type { Task } from "../labels/labels.ts";
import type { LabelSpec } from "../labels/spec.ts";
import { taskSchema } from "../training/model-door.ts";

const failureOptions = {
  of: z.string(),
  maintenance: z.string().optional(),
  mergeWithin: z.string().optional(),
  planned: z.enum(["healthy", "censored"]),
};

const labelSchema: z.ZodType<LabelSpec> = z.discriminatedUnion(
  "label",
  [
    z.strictObject({
      label: z.literal("failsWithin"),
      horizon: z.string(),
      predict: z.enum(["any", "component"]),
      ...failureOptions,
    }),
    z.strictObject({ label: z.literal("remainingLife"), cap: z.number().positive().optional(), ...failureOptions }),
  ],
  '"failsWithin" or "remainingLife"',
);

const scorerManifestSchema = z.strictObject({
  /** The form of this object; another one is another version of forewarn's. */
  format: z.literal(1),
  learner: z.string(),
  task: taskSchema as z.ZodType<Task>,
  label: labelSchema,
  /** What the fleet's time counts. */
  time: z.enum(["timestamp", "cycles"]),
  /** The grid of cutoffs. Absent: every telemetry row is one. */
  every: z.string().optional(),
  /** How the telemetry falls into operating cycles, whose ends are cutoffs where there is no grid. */
  cycles: operatingCyclesShape.optional(),
  /** Older telemetry takes a machine out of observation. Absent: 3 x every. */
  stale: z.string().optional(),
  /** Alarms are raised at scores from here on; null for regression. */
  threshold: z.number().nullable(),
  /** The hash of featurizer.json's content. */
  featurizerHash: z.string(),
  /** How the archive's files are read; paths are relative to the folder given when scoring. */
  archive: archiveSchema,
  /** The end of the last training label, in the fleet's time. */
  trainedUntil: z.number(),
  /** The version of forewarn that trained the model. */
  trainedWith: z.string(),
});

export type ScorerManifest = z.infer<typeof scorerManifestSchema>;

/** Reads what a version's manifest holds under `scorer`. @throws REGISTRY_SCORER_UNREADABLE */
export function readScorerManifest(value: unknown, where: string): ScorerManifest {
  const result = scorerManifestSchema.safeParse(value);
  const problem = result.success ? meaningProblem(result.data) : shapeSentence(result.error, value);
  if (result.success && problem === undefined) return result.data;
  throw new ForewarnError("REGISTRY_SCORER_UNREADABLE", {
    problem: "the manifest of a registered version does not say how to score with it",
    found: problem,
    where,
    hint: "it was published by another version of forewarn, or by hand",
  });
}

/** What the shape alone does not show: lengths are lengths of the fleet's time. Whether sources name the columns they need is for the load. */
function meaningProblem({ time, label, every, stale, archive }: ScorerManifest): string | undefined {
  if (archive.time !== time) return `archive.time: expected "${time}", found "${archive.time}"`;
  const lengths = {
    every,
    stale,
    "label.horizon": label.label === "failsWithin" ? label.horizon : undefined,
    "label.mergeWithin": label.mergeWithin,
  };
  try {
    for (const [name, length] of Object.entries(lengths)) if (length !== undefined) durationLength(length, time, name);
  } catch (error) {
    if (error instanceof ForewarnError) return error.message;
    throw error;
  }
  return undefined;
}
