/** Features of a run's data, wherever its telemetry is. */
import type { Fleet } from "../core/fleet.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import { featurize } from "../features/apply.ts";
import { computeFeatures } from "../features/compute/compute-features.ts";
import { fleetRows } from "../features/compute/fleet-rows.ts";
import { sortRows } from "../features/compute/sort-rows.ts";
import { featurizeGroups } from "../features/featurize-groups.ts";
import type { Featurizer } from "../features/featurizer.ts";
import type { FeaturePlan } from "../features/plan.ts";
import type { SortedData } from "./sorted-data.ts";

export interface DataToFeaturize {
  fleet: Fleet;
  /** Where the telemetry is that the fleet lacks. Default: the fleet has it all. */
  sorted?: SortedData;
}

export interface DataFeaturesOptions {
  threads: number;
  signal?: AbortSignal;
  /** The share that is done, 0..1. */
  onProgress?: (share: number) => void;
}

/** The raw columns of a plan, or a featurizer's, at the cutoffs, in their order: the same bits either way. @throws as `computeFeatures` and `featurizeGroups` */
export async function dataFeatures(
  what: FeaturePlan | Featurizer,
  { fleet, sorted }: DataToFeaturize,
  cutoffs: Cutoffs,
  { onProgress, ...options }: DataFeaturesOptions,
): Promise<Matrix> {
  const told = { ...options, onProgress: (done: number, total: number) => onProgress?.(done / total) };
  if (sorted === undefined) {
    return "outputs" in what
      ? await featurize(what, fleet, cutoffs, told)
      : await computeFeatures(what, fleet, cutoffs, told);
  }
  const names = "outputs" in what ? what.names : what.rawNames;
  const columns = names.map(() => new Float32Array(cutoffs.cutoff.length));
  const { places } = sortRows(fleetRows(fleet, cutoffs));
  let row = 0;
  for await (const { matrix } of featurizeGroups(what, sorted.source, cutoffs, { ...told, memory: sorted.memory })) {
    for (const [i, values] of matrix.columns.entries()) {
      if (places === undefined) columns[i].set(values, row);
      else for (let j = 0; j < values.length; j++) columns[i][places[row + j]] = values[j];
    }
    row += matrix.rows;
  }
  return { rows: cutoffs.cutoff.length, names, columns };
}
