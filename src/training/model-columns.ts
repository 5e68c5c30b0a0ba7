/** The columns of a matrix that a model reads, found by name. */
import { ForewarnError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import { didYouMean } from "../core/suggest.ts";

/**
 * The columns in the order of `features`; other columns of the matrix are not looked at.
 * @throws MODEL_FEATURE_MISSING when the matrix lacks one.
 */
export function modelColumns(matrix: Matrix, features: readonly string[]): Float32Array[] {
  const position = new Map(matrix.names.map((name, i) => [name, i]));
  return features.map((feature) => {
    const column = matrix.columns[position.get(feature) ?? -1];
    if (column !== undefined) return column;
    throw new ForewarnError("MODEL_FEATURE_MISSING", {
      problem: "the matrix lacks a column that the model reads",
      expected: `the column \`${feature}\``,
      found: `${matrix.names.length} other columns`,
      where: "matrix",
      hint: didYouMean(feature, matrix.names),
    });
  });
}
