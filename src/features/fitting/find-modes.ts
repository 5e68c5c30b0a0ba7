/** Clusters of rows, as many as asked for or as many as stand apart. */
import { spacedRows } from "./complete-rows.ts";
import { countOfPoints, kMeans, type Points } from "./k-means.ts";
import { meanSilhouette } from "./silhouette.ts";
import { standardisation, standardised } from "./standardisation.ts";

export interface FoundModes {
  /** The sd of each column; 0 where it does not vary. */
  scales: number[];
  /** A value a column for each mode, in its unit; ordered by the first column, then the next. */
  centres: number[][];
}

/** Enough to place centres by; more rows would only take longer. */
const ROWS_FOR_CENTRES = 5_000;
/** A silhouette looks at all pairs. */
const ROWS_FOR_SILHOUETTES = 1_000;
/** A strong structure (L. Kaufman and P. Rousseeuw, "Finding Groups in Data", 1990). */
const STRONG = 0.7;

/**
 * Modes of rows where all columns are known: the number given, fewer where the rows have fewer distinct places, or of 2 to `most`
 * the number with the largest mean silhouette (the smallest of equal ones), one where none reaches 0.7.
 */
export function findModes(
  { columns, rows }: { columns: readonly Float32Array[]; rows: Uint32Array },
  wanted: { modes: number } | { most: number },
): FoundModes {
  const { means, scales } = standardisation(columns, rows);
  const points = (of: Uint32Array): Points => ({
    size: columns.length,
    values: Float64Array.from({ length: of.length * columns.length }, (_, at) => {
      const column = at % columns.length;
      const row = of[Math.floor(at / columns.length)];
      return standardised(columns[column][row], means[column], scales[column]);
    }),
  });
  const places = points(spacedRows(rows, ROWS_FOR_CENTRES));
  const { values } =
    "modes" in wanted
      ? kMeans(places, wanted.modes)
      : bestApart(places, points(spacedRows(rows, ROWS_FOR_SILHOUETTES)), wanted.most);
  const centres = Array.from({ length: values.length / columns.length }, (_, mode) =>
    columns.map((_, i) => means[i] + scales[i] * values[mode * columns.length + i] + 0),
  );
  return { scales, centres };
}

function bestApart(places: Points, seen: Points, most: number): Points {
  let best = { centres: kMeans(places, 1), silhouette: STRONG };
  for (let k = 2; k <= most; k++) {
    const centres = kMeans(places, k);
    if (countOfPoints(centres) < k) break;
    const silhouette = meanSilhouette(seen, centres);
    if (silhouette > best.silhouette) best = { centres, silhouette };
  }
  return best.centres;
}
