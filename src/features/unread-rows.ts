/** Which rows of a matrix know no reading of any sensor. */
import type { Matrix } from "../core/matrix.ts";
import type { RawColumn } from "./feature.ts";
import type { Featurizer } from "./featurizer.ts";
import { rawColumnsOf } from "./outputs.ts";
import { planFeature } from "./plan.ts";

/**
 * 1 where every column of the featurizer's matrix that reads a sensor says that it found no reading, one a row; events, attributes
 * and reference data do not matter. All 0 where the featurizer has no such column.
 */
export function unreadRows({ plan, outputs }: Featurizer, matrix: Matrix): Uint8Array {
  const planned = plan.specs.flatMap((spec, i) => planFeature(spec, plan, `features[${i}]`).columns);
  const showing = new Map(planned.filter(showsReadings).map(({ name, unread }) => [name, unread]));
  const columns = outputs.flatMap((output, i) => {
    const raw = rawColumnsOf(output).find((name) => showing.has(name));
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
