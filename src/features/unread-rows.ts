/** Which rows of a matrix know no reading of any sensor. */
import type { Matrix } from "../core/matrix.ts";
import type { RawColumn } from "./feature.ts";
import type { Featurizer } from "./featurizer.ts";
import { rawInputsByColumn } from "./outputs/graph.ts";
import { planEach } from "./plan.ts";

/**
 * 1 where every column of the featurizer's matrix that reads a sensor says that it found no reading, one a row; events, attributes
 * and reference data do not matter. All 0 where the featurizer has no such column.
 */
export function unreadRows({ plan, outputs, names }: Featurizer, matrix: Matrix): Uint8Array {
  const planned = planEach(plan.specs, plan).flatMap(({ columns }) => columns);
  const showing = new Map(planned.filter(showsReadings).map(({ name, unread }) => [name, unread]));
  const inputs = rawInputsByColumn(outputs);
  const columns = names.flatMap((name, i) => {
    const raw = inputs.get(name)?.find((input) => showing.has(input));
    return raw === undefined ? [] : [{ values: matrix.columns[i], zero: showing.get(raw) === "zero" }];
  });
  const rows = new Uint8Array(matrix.rows);
  if (columns.length === 0) return rows;
  return rows.map((_, row) =>
    columns.every(({ values, zero }) => Number.isNaN(values[row]) || (zero && values[row] === 0)) ? 1 : 0,
  );
}

function showsReadings({ reads, unread }: RawColumn): boolean {
  return unread !== "kept" && reads.some((read) => "sensor" in read);
}
