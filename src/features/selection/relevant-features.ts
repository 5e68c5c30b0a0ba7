/** The settings of feature selection, as a pipeline names them. */
import { z } from "zod";
import { ForewarnError } from "../../core/errors.ts";
import { shapeProblem } from "../../core/shape-problem.ts";

export interface RelevantFeaturesOptions {
  /** The share of irrelevant columns to expect among those kept, above 0 and below 1. Default: 0.05. */
  falseDiscovery?: number;
  /** Of two columns whose rank correlation is above it in size only the more relevant is kept; 1 keeps both. Default: 0.95. */
  correlation?: number;
  /** Whether the columns' tests may depend on each other: "dependent" is after Benjamini and Yekutieli, "independent" after Benjamini and Hochberg. Default: "dependent". */
  hypotheses?: "dependent" | "independent";
  /** So many of the most relevant columns go on to the pruning even where fewer are believed. Default: 10. */
  atLeast?: number;
}

export interface RelevantFeaturesSpec extends Required<RelevantFeaturesOptions> {
  select: "relevantFeatures";
}

/** How columns are selected inside each fold's training part. */
export type SelectSpec = RelevantFeaturesSpec;

/** The shape of a selection's plain data. */
export const selectShape = z.strictObject({
  select: z.literal("relevantFeatures"),
  falseDiscovery: z.number().gt(0).lt(1),
  correlation: z.number().gt(0).max(1),
  hypotheses: z.enum(["dependent", "independent"]),
  atLeast: z.number().int().min(1),
});

/**
 * `select: relevantFeatures({ falseDiscovery: 0.05 })` keeps the columns that have to do with the label, as far as each fold's training
 * rows show it, and of those that say the same only one. Learners that read certain columns by name, such as `scheduleRule`, keep them.
 * @throws PIPELINE_SELECT when an option is unknown or cannot be
 */
export function relevantFeatures(options: RelevantFeaturesOptions = {}): RelevantFeaturesSpec {
  const {
    falseDiscovery = 0.05,
    correlation = 0.95,
    hypotheses = "dependent",
    atLeast = 10,
    ...others
  } = options ?? {};
  const spec = { select: "relevantFeatures", falseDiscovery, correlation, hypotheses, atLeast, ...others };
  const read = selectShape.safeParse(spec);
  if (read.success) return read.data;
  const {
    path,
    kind,
    broken,
    expected = broken,
    found,
    hint,
  } = shapeProblem(read.error, spec, Object.keys(selectShape.shape).slice(1));
  throw new ForewarnError("PIPELINE_SELECT", {
    problem:
      kind === "unknown" ? "relevantFeatures has no such option" : "relevantFeatures is given what it cannot take",
    expected,
    found,
    where: path === "" ? "relevantFeatures(…)" : `relevantFeatures(…), ${path}`,
    hint,
  });
}
