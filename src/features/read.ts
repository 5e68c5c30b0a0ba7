/** Reads a stored featurizer, which may come from anywhere. */
import { z } from "zod";
import { ForewarnError } from "../core/errors.ts";
import { shapeSentence } from "../core/shape-problem.ts";
import { type AllowedCode, refuseCode } from "./custom/allowed-code.ts";
import { type Featurizer, featurizerOf } from "./featurizer.ts";
import { outputNames, rawInputs } from "./outputs/graph.ts";
import { outputShape } from "./outputs/table.ts";
import { planFeatures } from "./plan.ts";
import { fleetSchemaShape } from "./schema.ts";
import type { FeatureSpec } from "./spec.ts";

const shape = z.strictObject({
  version: z.literal(2),
  // Each spec is checked by its own word when it is planned.
  specs: z.array(z.custom<FeatureSpec>((spec) => typeof spec === "object" && spec !== null && "feature" in spec)),
  schema: fleetSchemaShape,
  every: z.number().positive().optional(),
  columns: z.array(z.string()).optional(),
  outputs: z.array(outputShape),
  names: z.array(z.string()),
});

export interface ReadFeaturizerOptions {
  /** Whether code that the featurizer carries (`custom`) may run: all of it, none, or that with one of these hashes. Default: false. */
  allowCustom?: AllowedCode;
}

/** What `featurizerToJson` wrote, checked. @throws MODEL_INVALID, MODEL_CUSTOM_REFUSED */
export function readFeaturizer(json: unknown, { allowCustom = false }: ReadFeaturizerOptions = {}): Featurizer {
  const read = shape.safeParse(json);
  if (!read.success) throw invalid(shapeSentence(read.error, json), read.error);
  const { specs, schema, every, columns, outputs, names } = read.data;
  refuseCode(specs, allowCustom);
  const featurizer = featurizerOf(plan(), outputs, names);
  const raw = new Set(featurizer.plan.rawNames);
  const unknown = rawInputs(outputs).find((name) => !raw.has(name));
  if (unknown !== undefined) throw invalid(`an output reads \`${unknown}\`, which the plan does not compute`);
  const made = new Set(outputNames(outputs));
  if (made.size < outputNames(outputs).length) throw invalid("two outputs have the same name");
  const absent = names.find((name) => !made.has(name));
  if (absent !== undefined) throw invalid(`no output gives \`${absent}\``);
  if (new Set(names).size < names.length) throw invalid("a column is given twice");
  return featurizer;

  function plan() {
    try {
      return planFeatures(specs, schema, { every, columns });
    } catch (cause) {
      throw invalid(cause instanceof ForewarnError ? cause.message : String(cause), cause);
    }
  }
}

function invalid(found: string, cause?: unknown): ForewarnError {
  return new ForewarnError("MODEL_INVALID", { problem: "a stored featurizer cannot be read", found, cause });
}
