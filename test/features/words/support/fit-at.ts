/** Fits features of hand-written rows at instants of every machine, and gives the featurizer's columns by name. */
import type { Cutoffs } from "../../../../src/core/matrix.ts";
import { applyFeaturizer } from "../../../../src/features/apply.ts";
import { type Featurizer, fitFeaturizer } from "../../../../src/features/featurizer.ts";
import { planFeatures } from "../../../../src/features/plan.ts";
import { describeFleet } from "../../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../../src/features/spec.ts";
import { columnsOf, rawMatrix } from "../../support/compute.ts";
import { cutoffsAt, type FleetRows, makeFleet } from "../../support/make-fleet.ts";

export interface Fitted {
  featurizer: Featurizer;
  cutoffs: Cutoffs;
  columns: Record<string, number[]>;
}

/** @param trainRows indices of the training rows; rows are by machine, then instant */
export async function fitAt(
  rows: FleetRows,
  spec: FeatureSpec,
  instants: readonly number[],
  trainRows: readonly number[],
): Promise<Fitted> {
  const fleet = makeFleet(rows);
  const plan = planFeatures([spec], describeFleet(fleet));
  const cutoffs = cutoffsAt(fleet, instants);
  const raw = await rawMatrix(fleet, [spec], cutoffs);
  const featurizer = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(trainRows));
  return { featurizer, cutoffs, columns: columnsOf(applyFeaturizer(featurizer, raw)) };
}
