/** Applies a featurizer: to raw columns that are there already, or to a fleet. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import { computeFeatures } from "./compute/compute-features.ts";
import type { ComputeOptions } from "./compute/compute-options.ts";
import type { Featurizer } from "./featurizer.ts";
import { columnsByName, graphColumns } from "./outputs/graph.ts";

/** The featurizer's columns from raw ones, of its own plan or of the wider one it was fitted on; columns may be shared with `raw`. */
export function applyFeaturizer(featurizer: Featurizer, raw: Matrix): Matrix {
  const column = graphColumns(featurizer.outputs, columnsByName(raw.names, raw.columns));
  return { rows: raw.rows, names: featurizer.names, columns: featurizer.names.map(column) };
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
