/** The stored form of a feature matrix: an Arrow IPC file with `machine`, `cutoff` and one float32 column a feature. */
import * as arrow from "apache-arrow";
import { ForewarnError } from "../core/errors.ts";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import type { TimeKind } from "../core/time.ts";
import { matrixTable } from "../features/arrow/matrix-table.ts";
import type { Codec } from "./stage.ts";

export interface StoredMatrix {
  cutoffs: Cutoffs;
  matrix: Matrix;
}

/** Sorted by machine, then cutoff (timestamp in microseconds, UTC, or int64 cycles). */
export function matrixCodec(time: TimeKind): Codec<StoredMatrix> {
  return {
    extension: "arrow",
    encode: ({ cutoffs, matrix }) => arrow.tableToIPC(matrixTable(arrow, cutoffs, matrix, time), "file"),
    decode,
  };
}

/** @throws DATA_MATRIX_UNREADABLE when the bytes are no matrix, or one of another layout. */
function decode(bytes: Uint8Array): StoredMatrix {
  let table: arrow.Table;
  try {
    table = arrow.tableFromIPC(bytes);
  } catch (cause) {
    throw unreadable("no Arrow file", cause);
  }
  const rows = table.numRows;
  const machine = valuesOf(table, 0, Int32Array);
  const cutoff = valuesOf(table, 1, BigInt64Array);
  const machines = [...(table.getChildAt(0)?.data[0]?.dictionary ?? [])].map(String);
  if (machine.some((code) => code < 0 || code >= machines.length)) throw unreadable("a machine without a name");
  const names = table.schema.fields.slice(2).map((field) => field.name);
  return {
    cutoffs: { machines, machine: Uint32Array.from(machine), cutoff: Float64Array.from(cutoff, Number) },
    matrix: { rows, names, columns: names.map((_, i) => Float32Array.from(valuesOf(table, i + 2, Float32Array))) },
  };
}

/** The values of a column, which is one array of that kind. Arrow pads each buffer to 8 bytes, so it may be longer than the table. */
function valuesOf<T extends Int32Array | BigInt64Array | Float32Array>(
  table: arrow.Table,
  column: number,
  kind: { new (length: number): T; name: string },
): T {
  const data = table.getChildAt(column)?.data ?? [];
  // A table without rows may have no batch.
  if (data.length === 0 && table.numRows === 0 && column < table.numCols) return new kind(0);
  const values: unknown = data.length === 1 ? data[0].values : undefined;
  if (values instanceof kind && values.length >= table.numRows) return values.subarray(0, table.numRows) as T;
  throw unreadable(`no ${kind.name} in column ${column + 1}`);
}

function unreadable(found: string, cause?: unknown): ForewarnError {
  return new ForewarnError("DATA_MATRIX_UNREADABLE", {
    problem: "these bytes are no stored matrix",
    expected: "an Arrow file with machine, cutoff and float32 columns",
    found,
    cause,
  });
}
