/** What became of the rows of a source, without its files: what a result tells of it. */
import type { ColumnChange, RowCounts, SourceReport } from "../archive/source-report.ts";

export interface SourceRows extends RowCounts {
  source: string;
  /** How its columns change from file to file; left out where they do not. */
  columns?: readonly ColumnChange[];
}

export function rowsOf({ files: _, ...rows }: SourceReport): SourceRows {
  return rows;
}
