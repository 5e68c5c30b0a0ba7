/** A featurizer: a plan and what was learned for it from training rows, so that any fleet gives the columns a model reads. */
import type { Fleet } from "../core/fleet.ts";
import { hashJson, type Json } from "../core/json.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import type { Training } from "./feature.ts";
import { fleetRows } from "./fleet-rows.ts";
import { type OutputColumn, rawColumnsOf } from "./outputs.ts";
import { type FeaturePlan, planFeatures } from "./plan.ts";
import { restrictSchema } from "./restrict.ts";
import { featureOf } from "./table.ts";

/** Plain data. It knows only what training rows showed: a kind or value seen nowhere else leaves no trace. */
export interface Featurizer {
  /** The plan over the restricted schema: the raw columns that scoring computes. */
  plan: FeaturePlan;
  outputs: readonly OutputColumn[];
  /** The names of the columns it gives, in order. */
  names: readonly string[];
}

export interface FitFeaturizerOptions {
  /**
   * Up to where each row's label looks (`Labels.end`, one a row of the cutoffs): training knows each machine's history up to
   * and including the latest of its rows. Default: up to its last training cutoff.
   */
  labelEnd?: Float64Array;
}

/** Learns from the training rows which kinds and values get a column, and the intervals of learned schedules. */
export function fitFeaturizer(
  plan: FeaturePlan,
  fleet: Fleet,
  cutoffs: Cutoffs,
  raw: Matrix,
  trainRows: Uint32Array,
  { labelEnd }: FitFeaturizerOptions = {},
): Featurizer {
  const columns = new Map(raw.names.map((name, i) => [name, raw.columns[i]]));
  const training: Training = {
    fleet,
    cutoffs,
    rows: trainRows,
    column: (name) => columns.get(name) as Float32Array,
    knownUntil: latest(fleet, cutoffs, trainRows, labelEnd ?? cutoffs.cutoff),
    inclusive: labelEnd !== undefined,
  };
  const outputs = plan.specs.flatMap((spec) => {
    const feature = featureOf(spec);
    if (feature.fit !== undefined) return feature.fit(spec, plan, training);
    return feature.plan(spec, plan).columns.map(({ name }): OutputColumn => ({ from: "raw", name }));
  });
  const schema = restrictSchema(plan, new Set(outputs.flatMap(rawColumnsOf)));
  return featurizerOf(planFeatures(plan.specs, schema, { every: plan.every }), outputs);
}

/** Puts a featurizer together. */
export function featurizerOf(plan: FeaturePlan, outputs: readonly OutputColumn[]): Featurizer {
  return { plan, outputs, names: outputs.map(({ name }) => name) };
}

/** What is stored: `readFeaturizer` reads it back. */
export function featurizerToJson({ plan, outputs }: Featurizer): Json {
  const { specs, schema, every } = plan;
  return { version: 1, specs, schema, every, outputs } as unknown as Json;
}

/** The SHA-256 of the stored form: equal featurizers have equal hashes. */
export function featurizerHash(featurizer: Featurizer): string {
  return hashJson(featurizerToJson(featurizer));
}

function latest(fleet: Fleet, cutoffs: Cutoffs, rows: Uint32Array, until: Float64Array): Float64Array {
  const { machine } = fleetRows(fleet, cutoffs);
  const known = new Float64Array(fleet.machines.length).fill(Number.NEGATIVE_INFINITY);
  for (const row of rows) known[machine[row]] = Math.max(known[machine[row]], until[row]);
  return known;
}
