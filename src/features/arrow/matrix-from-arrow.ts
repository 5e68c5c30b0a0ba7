/** A feature matrix from an Arrow table. */
import type { Table, Vector } from "apache-arrow";
import { ForewarnError } from "../../core/errors.ts";
import type { Cutoffs, Matrix } from "../../core/matrix.ts";
import { compareBytes } from "../../core/order.ts";
import type { TimeKind } from "../../core/time.ts";
import { codesOf, instantsOf, numbersOf } from "./column-values.ts";

export interface MatrixFromArrowOptions {
  /** What the cutoffs count. Default: "timestamp". */
  time?: TimeKind;
}

/**
 * The cutoffs and features of a table with `machine`, `cutoff` and columns of numbers, as `matrixToArrow` gives it. Float32 columns without
 * nulls and in one piece are used as they are; others are copied, and null is NaN.
 * @throws DATA_COLUMN_MISSING, DATA_COLUMN_TYPE, DATA_VALUE_MISSING, DATA_INSTANT
 */
export function matrixFromArrow(
  table: Table,
  { time = "timestamp" }: MatrixFromArrowOptions = {},
): { cutoffs: Cutoffs; matrix: Matrix } {
  const { names, codes } = codesOf(arrowColumn(table, "machine", "matrix"), "machine");
  const machines = [...names].sort(compareBytes);
  const index = new Map(machines.map((name, i) => [name, i]));
  const machine = Uint32Array.from(codes, (code) => index.get(names[code]) as number);
  const cutoff = instantsOf(arrowColumn(table, "cutoff", "matrix"), time, "cutoff");
  const features = table.schema.fields
    .map(({ name }) => name)
    .filter((name) => name !== "machine" && name !== "cutoff");
  const columns = features.map((name) => float32Of(arrowColumn(table, name, "matrix"), name));
  return { cutoffs: { machines, machine, cutoff }, matrix: { rows: table.numRows, names: features, columns } };
}

/** @throws DATA_COLUMN_MISSING, DATA_DUPLICATE when two columns have the name */
export function arrowColumn(table: Table, name: string, where: string): Vector {
  if (table.schema.fields.filter((field) => field.name === name).length > 1)
    throw new ForewarnError("DATA_DUPLICATE", { problem: "two columns have the same name", found: name, where });
  const column = table.getChild(name);
  if (column !== null) return column;
  throw new ForewarnError("DATA_COLUMN_MISSING", {
    problem: "a column is missing",
    expected: name,
    found: table.schema.fields.map((field) => field.name).join(", "),
    where,
  });
}

function float32Of(column: Vector, where: string): Float32Array {
  const [only] = column.data;
  if (column.data.length === 1 && only.nullCount === 0 && only.values instanceof Float32Array)
    return only.values.subarray(0, only.length);
  return Float32Array.from(numbersOf(column, where));
}
