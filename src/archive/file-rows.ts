/** The SQL of a file's rows: as read, as cast and repaired, and with what no row may hold. */
import type { TimeKind } from "../core/time.ts";
import { columnOf, type OpenFile } from "./columns.ts";
import { type Field, fieldSql, fieldType, type Repair } from "./field.ts";
import type { Check } from "./field-findings.ts";
import type { Scan } from "./scan.ts";
import type { SourceSpec } from "./spec.ts";

export interface SourceRows {
  spec: SourceSpec;
  /** Where the pipeline names it. */
  source: string;
  /** One a column of the table. */
  fields: readonly Field[];
  /** Conditions over several fields that no row may meet. */
  checks?: readonly Check[];
  /** What is stored instead of the cast value, by the index of the field: SQL over f<i>. */
  stored?: Readonly<Record<number, string>>;
}

export interface FileRows {
  /**
   * SQL of the rows r<i> (as read), f<i> (as cast) and issue (the index of the first check that it does not pass).
   * @param extra columns beside them, over `from`
   * @param from what stands after FROM. Default: the file
   */
  rows(extra: readonly string[], from?: string): string;
  /** SQL of what a table stores of such rows: the columns `before`, f<i>, issue. */
  stored(rows: string, before: readonly string[]): string;
  checks: readonly Check[];
  repairs: readonly Repair[];
  /** The columns that the fields are read from. */
  columns: readonly string[];
}

/** SQL of a row's number in its file, from 1. */
export const ROW = "row_number() OVER () AS row";

/** @throws DATA_COLUMN_MISSING, DATA_COLUMN_TWICE, DATA_COLUMN_TYPE, DATA_TIME_TYPE */
export function fileRows(source: SourceRows, { file, scan }: OpenFile, time: TimeKind): FileRows {
  const { spec, fields, checks = [] } = source;
  const columns = fields.map((field) => columnOf(field, { file, scan }, source));
  const each = fields.map((field, i) => fieldSql(field, i, columns[i], spec, time));
  const all = [...brokenLines(scan), ...each.flatMap((one) => one.checks), ...checks];
  const issue = `CASE ${all.map(({ sql }, i) => `WHEN ${sql} THEN ${i}`).join(" ")} END`;
  const isOrdered = spec.order === "sorted";
  const shape = scan.misshapen && [`${scan.misshapen.sql} AS misshapen`, `${scan.misshapen.found} AS shape`];
  const raws = [...(shape ?? []), ...each.map(({ raw }) => raw)];
  const steps = Math.max(...each.map((one) => one.steps.length));
  const levels = Array.from({ length: steps }, (_, level) => ({
    columns: each.flatMap((one) => one.steps[level] ?? []),
    joins: each.flatMap((one) => one.joins?.[level] ?? []),
  }));
  return {
    rows(extra, from = scan.from) {
      const read = `SELECT ${[...extra, ...raws].join(", ")} FROM ${from}`;
      const cast = levels.reduce((rows, { columns, joins }) => {
        const from = [`(${rows}) AS read`, ...joins].join(" ");
        return `SELECT read.*, ${columns.join(", ")} FROM ${from}`;
      }, read);
      const checked = `SELECT *, ${issue} AS issue FROM (${cast})`;
      return isOrdered ? orderedSql(checked, all.length) : checked;
    },
    stored(rows, before) {
      const values = fields.map(
        ({ kind }, i) => `CAST(${source.stored?.[i] ?? `f${i}`} AS ${fieldType(kind)}) AS f${i}`,
      );
      return `SELECT ${[...before, ...values, "CAST(issue AS USMALLINT) AS issue"].join(", ")} FROM (${rows})`;
    },
    checks: isOrdered ? [...all, outOfOrder] : all,
    repairs: each.flatMap((one) => one.repairs),
    columns: columns.map(({ column }) => column),
  };
}

function brokenLines({ misshapen }: Scan): Check[] {
  if (misshapen === undefined) return [];
  return [
    {
      code: "DATA_FILE_UNREADABLE",
      violation: "brokenLine",
      problem: "a line is not whole",
      expected: misshapen.expected,
      field: -1,
      sql: "misshapen",
    },
  ];
}

const outOfOrder: Check = {
  code: "TIME_OUT_OF_ORDER",
  violation: "outOfOrder",
  problem: "a row is older than one of its machine before it",
  expected: "the rows of each machine in the order of time",
  field: 1,
  sql: "",
};

/** What is out of order is seen among rows that are else good, and is no measure for those after it. */
function orderedSql(rows: string, issue: number): string {
  const before =
    "max(CASE WHEN issue IS NULL THEN f1 END) OVER (PARTITION BY f0 ORDER BY row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)";
  return `SELECT * REPLACE (CASE WHEN issue IS NULL AND f1 < ${before} THEN ${issue} ELSE issue END AS issue) FROM (${rows})`;
}
