/** Selects the columns of a matrix that have to do with a target, and of columns that say the same only one. */
import type { Matrix } from "../../core/matrix.ts";
import { compareBytes } from "../../core/order.ts";
import { checkSelection } from "./check-selection.ts";
import { columnRelevance, type SelectionTarget } from "./column-relevance.ts";
import { believed } from "./false-discovery.ts";
import { pruneCorrelated } from "./prune-correlated.ts";
import { rankColumn } from "./ranked.ts";
import type { Relevance } from "./relevance.ts";
import { type RelevantFeaturesOptions, relevantFeatures } from "./relevant-features.ts";

/** Why a column was not kept: one value in all rows, nothing to do with the target, or nearly the same as a more relevant one. */
export type DroppedFeature =
  | { name: string; why: "constant" }
  | { name: string; why: "irrelevant"; p: number }
  | { name: string; why: "correlated"; p: number; with: string };

export interface SelectedFeatures {
  /** In the order of the matrix. */
  kept: readonly string[];
  /** In the order of the matrix. */
  dropped: readonly DroppedFeature[];
}

/**
 * Tests each column against the target (`columnRelevance`), believes as many as the false-discovery rate allows (but at least
 * `atLeast`, the most relevant ones), then drops each column whose rank correlation with a more relevant one is too high. The most
 * relevant have the smallest chance, then the largest effect, then the first name by bytes. The same rows give the same
 * columns, however they are ordered, as far as the pruning sees all rows (`pruneCorrelated`).
 * @param target one number a row: 0 or 1, a class, or a number to predict
 * @throws DATA_TARGET, DATA_LENGTH, DATA_FEATURE_NAMES, PIPELINE_SELECT
 */
export function selectFeatures(
  matrix: Matrix,
  target: SelectionTarget,
  options: RelevantFeaturesOptions = {},
): SelectedFeatures {
  const { falseDiscovery, correlation, hypotheses, atLeast } = relevantFeatures(options);
  checkSelection(matrix, target);
  const test = columnRelevance(target, matrix.rows);
  const tested: Tested[] = [];
  const dropped = new Map<string, DroppedFeature>();
  for (const [i, name] of matrix.names.entries()) {
    const relevance = test(rankColumn(matrix.columns[i]));
    if (relevance === undefined) dropped.set(name, { name, why: "constant" });
    else tested.push({ name, column: i, ...relevance });
  }
  tested.sort((a, b) => a.p - b.p || b.effect - a.effect || compareBytes(a.name, b.name));
  const relevant = believed(
    tested.map(({ p }) => p),
    falseDiscovery,
    hypotheses,
  );
  const chosen = tested.slice(0, Math.max(relevant, atLeast));
  for (const { name, p } of tested.slice(chosen.length)) dropped.set(name, { name, why: "irrelevant", p });
  const doubles = pruneCorrelated(
    chosen.map(({ column }) => matrix.columns[column]),
    correlation,
  );
  for (const [at, { name, p }] of chosen.entries()) {
    if (doubles[at] >= 0) dropped.set(name, { name, why: "correlated", p, with: chosen[doubles[at]].name });
  }
  // A model needs something to read, be it constant.
  if (tested.length === 0) dropped.delete(matrix.names[0]);
  return {
    kept: matrix.names.filter((name) => !dropped.has(name)),
    dropped: matrix.names.flatMap((name) => dropped.get(name) ?? []),
  };
}

interface Tested extends Relevance {
  name: string;
  column: number;
}
