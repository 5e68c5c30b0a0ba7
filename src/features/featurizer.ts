/** A featurizer: a plan and what was learned for it from training rows, so that any fleet gives the columns a model reads. */
import type { Fleet } from "../core/fleet.ts";
import { hashJson, type Json } from "../core/json.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import { fleetRows } from "./compute/fleet-rows.ts";
import type { Training } from "./feature.ts";
import { narrowSpecs } from "./narrow-specs.ts";
import { columnsByName, growingGraph, neededNodes, outputNames, rawInputs } from "./outputs/graph.ts";
import type { OutputNode } from "./outputs/table.ts";
import { type FeaturePlan, planEach, planFeatures } from "./plan.ts";
import { restrictSchema } from "./restrict.ts";
import { featureOf } from "./table.ts";

/** Plain data. It knows only what training rows showed: a kind or value seen nowhere else leaves no trace. */
export interface Featurizer {
  /** The plan over the restricted schema: the raw columns that scoring computes. */
  plan: FeaturePlan;
  outputs: readonly OutputNode[];
  /** The names of the columns it gives, in order: of the outputs' columns those that are not there for others alone. */
  names: readonly string[];
}

export interface FitFeaturizerOptions {
  /**
   * Up to where each row's label looks (`Labels.end`, one a row of the cutoffs): training knows each machine's history up to
   * and including the latest of its rows. Default: up to its last training cutoff.
   */
  labelEnd?: Float64Array;
  /**
   * What is known of each row's future (`Labels.state`, one a row of the cutoffs): rows of state 0 are healthy. Default: no row is
   * known to be. Words that learn from healthy rows take all training rows where none is known to be healthy.
   */
  labelState?: Uint8Array;
}

/**
 * Learns from the training rows which kinds and values get a column, the intervals of learned schedules, and whatever else words
 * are fitted to. It takes them by machine, then instant, in whatever order the cutoffs come.
 */
export function fitFeaturizer(
  plan: FeaturePlan,
  fleet: Fleet,
  cutoffs: Cutoffs,
  raw: Matrix,
  trainRows: Uint32Array,
  { labelEnd, labelState }: FitFeaturizerOptions = {},
): Featurizer {
  const outputs: OutputNode[] = [];
  const graph = growingGraph(columnsByName(raw.names, raw.columns));
  // The raw matrix has columns of kinds and values that only other rows show: what is made of columns may know those alone that
  // the features before gave or need.
  const seen = new Set<string>();
  const rows = ordered(fleet, cutoffs, trainRows);
  const training: Training = {
    fleet,
    cutoffs,
    rows,
    healthy: labelState === undefined ? undefined : rows.filter((row) => labelState[row] === 0),
    column: graph.column,
    has: (name) => seen.has(name),
    knownUntil: latest(fleet, cutoffs, rows, labelEnd ?? cutoffs.cutoff),
    inclusive: labelEnd !== undefined,
  };
  const planned = planEach(plan.specs, plan);
  for (const [i, spec] of plan.specs.entries()) {
    const unfitted = () => planned[i].columns.map(({ name }): OutputNode => ({ from: "raw", name }));
    const fitted = featureOf(spec).fit?.(spec, plan, training) ?? unfitted();
    outputs.push(...fitted);
    graph.add(fitted);
    for (const name of [...outputNames(fitted), ...rawInputs(fitted)]) seen.add(name);
  }
  // What is made of other columns stands in the outputs; only words that compute raw ones have to be planned again.
  const specs = plan.specs.filter((_, i) => planned[i].inputs === undefined);
  const schema = restrictSchema({ ...plan, specs }, new Set(rawInputs(outputs)));
  return featurizerOf(planFeatures(specs, schema, { every: plan.every }), outputs);
}

/** Puts a featurizer together. @param names what it gives; default: all columns of its outputs */
export function featurizerOf(
  plan: FeaturePlan,
  outputs: readonly OutputNode[],
  names = outputNames(outputs),
): Featurizer {
  return { plan, outputs, names };
}

/** The featurizer that gives only the columns named, in that order, and computes only what they need. */
export function narrowFeaturizer({ plan, outputs }: Featurizer, names: readonly string[]): Featurizer {
  const needed = neededNodes(outputs, names);
  const columns = rawInputs(needed);
  const { every } = plan;
  const specs = narrowSpecs(plan.specs, plan, new Set(columns));
  const schema = restrictSchema({ ...plan, specs }, new Set(columns));
  return featurizerOf(planFeatures(specs, schema, { every, columns }), needed, [...names]);
}

/** What is stored: `readFeaturizer` reads it back. */
export function featurizerToJson({ plan, outputs, names }: Featurizer): Json {
  const { specs, schema, every, columns } = plan;
  return { version: 2, specs, schema, every, columns, outputs, names } as unknown as Json;
}

/** The SHA-256 of the stored form: equal featurizers have equal hashes. */
export function featurizerHash(featurizer: Featurizer): string {
  return hashJson(featurizerToJson(featurizer));
}

/** Training rows by machine, then instant: sums over them come out the same however the cutoffs are ordered. */
function ordered(fleet: Fleet, cutoffs: Cutoffs, rows: Uint32Array): Uint32Array {
  const { machine, cutoff } = fleetRows(fleet, cutoffs);
  const before = (a: number, b: number) => machine[a] - machine[b] || cutoff[a] - cutoff[b] || a - b;
  return rows.every((row, i) => i === 0 || before(rows[i - 1], row) <= 0) ? rows : rows.toSorted(before);
}

function latest(fleet: Fleet, cutoffs: Cutoffs, rows: Uint32Array, until: Float64Array): Float64Array {
  const { machine } = fleetRows(fleet, cutoffs);
  const known = new Float64Array(fleet.machines.length).fill(Number.NEGATIVE_INFINITY);
  for (const row of rows) known[machine[row]] = Math.max(known[machine[row]], until[row]);
  return known;
}
