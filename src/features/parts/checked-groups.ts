/** Groups of rows, each checked against the columns that are written. */
import { ForewarnError } from "../../core/errors.ts";
import { checkCutoffs } from "../compute/check-cutoffs.ts";
import type { FeatureGroup } from "../feature-group.ts";

/** @throws DATA_FEATURE_NAMES when a group has other columns or another order, DATA_LENGTH, DATA_INSTANT, DATA_MACHINE_UNKNOWN */
export async function* checkedGroups(
  groups: AsyncIterable<FeatureGroup> | Iterable<FeatureGroup>,
  names: readonly string[],
): AsyncGenerator<FeatureGroup, void, undefined> {
  for await (const group of groups) {
    checkGroup(group, names);
    yield group;
  }
}

function checkGroup({ cutoffs, matrix }: FeatureGroup, names: readonly string[]): void {
  const odd = Array.from({ length: Math.max(names.length, matrix.names.length) }).findIndex(
    (_, i) => names[i] !== matrix.names[i],
  );
  if (odd >= 0) throw wrongNames(`column ${odd}: ${names[odd] ?? "none"}`, String(matrix.names[odd] ?? "none"));
  checkCutoffs(cutoffs);
  const wrong = [cutoffs.cutoff, ...matrix.columns].find(({ length }) => length !== matrix.rows);
  const float32 = matrix.columns.every((column) => column instanceof Float32Array);
  if (wrong === undefined && float32 && matrix.columns.length === names.length) return;
  throw new ForewarnError("DATA_LENGTH", {
    problem: "the columns of a group of rows do not fit together",
    expected: `${names.length} float32 columns of ${matrix.rows} values, and as many cutoffs`,
    found: wrong === undefined ? `${matrix.columns.length} columns` : `${wrong.length} values`,
  });
}

/** @throws DATA_FEATURE_NAMES for what cannot be columns beside `machine` and `cutoff` */
export function checkFeatureNames(names: readonly string[]): void {
  const seen = new Set(["machine", "cutoff"]);
  for (const name of Array.isArray(names) ? names : [undefined]) {
    if (typeof name !== "string" || seen.has(name) || !name.isWellFormed())
      throw wrongNames("a list of texts, each once, and none of them `machine` or `cutoff`", String(name));
    seen.add(name);
  }
}

function wrongNames(expected: string, found: string): ForewarnError {
  return new ForewarnError("DATA_FEATURE_NAMES", {
    problem: "the names of the features are not those of the columns to write",
    expected,
    found,
    where: "names",
  });
}
