/** Reads a stored featurizer, which may come from anywhere. */
import { z } from "zod";
import { ForewarnError } from "../core/errors.ts";
import { shapeSentence } from "../core/shape-problem.ts";
import { type Featurizer, featurizerOf } from "./featurizer.ts";
import { outputShape, rawColumnsOf } from "./outputs.ts";
import { planFeatures } from "./plan.ts";
import { fleetSchemaShape } from "./schema.ts";
import type { FeatureSpec } from "./spec.ts";

const shape = z.strictObject({
  version: z.literal(1),
  // Each spec is checked by its own word when it is planned.
  specs: z.array(z.custom<FeatureSpec>((spec) => typeof spec === "object" && spec !== null && "feature" in spec)),
  schema: fleetSchemaShape,
  every: z.number().positive().optional(),
  outputs: z.array(outputShape),
});

/** What `featurizerToJson` wrote, checked. @throws MODEL_INVALID */
export function readFeaturizer(json: unknown): Featurizer {
  const read = shape.safeParse(json);
  if (!read.success) throw invalid(shapeSentence(read.error, json), read.error);
  const { specs, schema, every, outputs } = read.data;
  const featurizer = featurizerOf(plan(), outputs);
  const raw = new Set(featurizer.plan.rawNames);
  const unknown = outputs.flatMap(rawColumnsOf).find((name) => !raw.has(name));
  if (unknown !== undefined) throw invalid(`an output reads \`${unknown}\`, which the plan does not compute`);
  if (new Set(featurizer.names).size < outputs.length) throw invalid("two outputs have the same name");
  return featurizer;

  function plan() {
    try {
      return planFeatures(specs, schema, { every });
    } catch (cause) {
      throw invalid(cause instanceof ForewarnError ? cause.message : String(cause), cause);
    }
  }
}

function invalid(found: string, cause?: unknown): ForewarnError {
  return new ForewarnError("MODEL_INVALID", { problem: "a stored featurizer cannot be read", found, cause });
}
