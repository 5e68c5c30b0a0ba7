/** Which rows of a plan's columns know no reading of any sensor. */
import type { Matrix } from "../core/matrix.ts";
import type { RawColumn } from "./feature.ts";
import { type FeaturePlan, planEach } from "./plan.ts";

/**
 * 1 where every unfitted column that shows whether it found a reading of a sensor (`RawColumn.unread`) says that it found none, one a
 * row; events, attributes and reference data do not matter, nor what is made of such columns. All 0 where the plan has no such column:
 * `withReadingCounts` gives it some for its windows.
 */
export function unreadRows(plan: FeaturePlan, raw: Matrix): Uint8Array {
  const planned = planEach(plan.specs, plan).flatMap(({ columns }) => columns);
  const showing = new Map(planned.filter(showsReadings).map(({ name, unread }) => [name, unread]));
  const columns = raw.names.flatMap((name, i) =>
    showing.has(name) ? [{ values: raw.columns[i], zero: showing.get(name) === "zero" }] : [],
  );
  const rows = new Uint8Array(raw.rows);
  if (columns.length === 0) return rows;
  return rows.map((_, row) =>
    columns.every(({ values, zero }) => Number.isNaN(values[row]) || (zero && values[row] === 0)) ? 1 : 0,
  );
}

function showsReadings({ reads, unread }: RawColumn): boolean {
  return unread !== "kept" && reads.some((read) => "sensor" in read);
}
