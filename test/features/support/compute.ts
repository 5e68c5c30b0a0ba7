/** Computes features of hand-written rows and shows them by name. */
import type { Fleet } from "../../../src/core/fleet.ts";
import type { Cutoffs, Matrix } from "../../../src/core/matrix.ts";
import { computeFeatures } from "../../../src/features/compute/compute-features.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { cutoffsAt, type FleetRows, makeFleet } from "./make-fleet.ts";

/** The raw columns of one spec at instants of every machine. */
export async function featuresAt(
  rows: FleetRows,
  spec: FeatureSpec,
  instants: readonly number[],
  every?: number,
): Promise<Record<string, number[]>> {
  const fleet = makeFleet(rows);
  return columnsOf(await rawMatrix(fleet, [spec], cutoffsAt(fleet, instants), every));
}

export function rawMatrix(fleet: Fleet, specs: readonly FeatureSpec[], cutoffs: Cutoffs, every?: number) {
  return computeFeatures(planFeatures(specs, describeFleet(fleet), { every }), fleet, cutoffs);
}

export function columnsOf({ names, columns }: Matrix): Record<string, number[]> {
  return Object.fromEntries(names.map((name, i) => [name, [...columns[i]]]));
}

/** The bits of every column by name: equal only where every NaN and zero is the same too. */
export function bitsOf({ names, columns }: Matrix): Record<string, number[]> {
  return Object.fromEntries(names.map((name, i) => [name, [...new Uint32Array(columns[i].slice().buffer)]]));
}
