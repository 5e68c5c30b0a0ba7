/** The feature matrix as a Parquet file for whoever wants to look at it: the published model's columns beside the labels. */
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import { compareBytes } from "../core/order.ts";
import { type ParquetField, ParquetFile, type ParquetValues } from "../core/parquet/parquet-file.ts";
import type { TimeKind } from "../core/time.ts";
import type { Labels } from "../labels/labels.ts";

export interface KeptMatrix {
  time: TimeKind;
  cutoffs: Cutoffs;
  matrix: Matrix;
  labels: Labels;
  /** The hash of the featurizer that made the columns. */
  featurizer: string;
}

/**
 * Columns `machine`, `cutoff` (timestamp in microseconds UTC, or int64), one float32 column a feature (missing is NaN), `label_state`
 * (0 healthy, 1 fails, 2 censored), `label_value`, `label_<component>_state`, `featurizer`; sorted by machine, then cutoff.
 */
export function keptMatrixBytes({ time, cutoffs, matrix, labels, featurizer }: KeptMatrix): Uint8Array {
  const components = Object.entries(labels.components).sort(([a], [b]) => compareBytes(a, b));
  const columns: [name: string, type: ParquetField["type"], values: ParquetValues][] = [
    ["machine", "text", { codes: cutoffs.machine, texts: cutoffs.machines }],
    ["cutoff", time === "cycles" ? "int64" : "timestamp", cutoffs.cutoff],
    ...matrix.names.map((name, i) => [name, "float32", matrix.columns[i]] satisfies (typeof columns)[number]),
    ["label_state", "int32", Int32Array.from(labels.state)],
    ["label_value", "float64", labels.value],
    ...components.map(
      ([name, state]) => [`label_${name}_state`, "int32", Int32Array.from(state)] satisfies (typeof columns)[number],
    ),
    ["featurizer", "text", { codes: new Uint32Array(matrix.rows), texts: [featurizer] }],
  ];
  const file = new ParquetFile(columns.map(([name, type]) => ({ name, type })));
  const parts = [file.begin()];
  for (let from = 0; from < matrix.rows; from += ROW_GROUP) {
    parts.push(...file.rowGroup(columns.map(([, , values]) => [slice(values, from, from + ROW_GROUP)])));
  }
  parts.push(file.end());
  return joined(parts, file.bytes);
}

/** Rows of one row group. */
const ROW_GROUP = 131_072;

function slice(values: ParquetValues, from: number, to: number): ParquetValues {
  if (!("codes" in values)) return values.subarray(from, to);
  return { ...values, codes: values.codes.subarray(from, to) };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
