/** A feature matrix as an Arrow table. */
import type { Table } from "apache-arrow";
import type { Cutoffs, Matrix } from "../../core/matrix.ts";
import type { TimeKind } from "../../core/time.ts";
import { arrowLibrary } from "./arrow-library.ts";
import { matrixTable } from "./matrix-table.ts";

export interface MatrixToArrowOptions {
  /** What the cutoffs count: "timestamp" gives microseconds in UTC, "cycles" int64. Default: "timestamp". */
  time?: TimeKind;
}

/**
 * Columns `machine` (text by dictionary), `cutoff`, and one of float32 a feature, which shares the matrix's memory; a missing value is NaN.
 * `tableToIPC(table, "file")` of apache-arrow gives the bytes that every other tool reads.
 */
export async function matrixToArrow(
  cutoffs: Cutoffs,
  matrix: Matrix,
  { time = "timestamp" }: MatrixToArrowOptions = {},
): Promise<Table> {
  return matrixTable(await arrowLibrary(), cutoffs, matrix, time);
}
