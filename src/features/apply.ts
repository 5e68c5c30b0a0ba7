/** Applies a featurizer: to raw columns that are there already, or to a fleet. */
import { ForewarnError } from "../core/errors.ts";
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import { type ComputeOptions, computeFeatures } from "./compute.ts";
import type { Featurizer } from "./featurizer.ts";
import { outputValues } from "./outputs.ts";

/** The featurizer's columns from raw ones, of its own plan or of the wider one it was fitted on; columns may be shared with `raw`. */
export function applyFeaturizer(featurizer: Featurizer, raw: Matrix): Matrix {
  const columns = new Map(raw.names.map((name, i) => [name, raw.columns[i]]));
  const column = (name: string) => {
    const found = columns.get(name);
    if (found !== undefined) return found;
    throw new ForewarnError("BUG_RAW_COLUMN", { problem: "a raw column of the featurizer is missing", expected: name });
  };
  const made = featurizer.outputs.map((output) => outputValues(output, column));
  return { rows: raw.rows, names: featurizer.names, columns: made };
}

/** The featurizer's columns for a fleet at the cutoffs: the very bits that `applyFeaturizer` gives. @throws as `computeFeatures` */
export async function featurize(
  featurizer: Featurizer,
  fleet: Fleet,
  cutoffs: Cutoffs,
  options: ComputeOptions = {},
): Promise<Matrix> {
  return applyFeaturizer(featurizer, await computeFeatures(featurizer.plan, fleet, cutoffs, options));
}
