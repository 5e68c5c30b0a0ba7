/** The feature matrix as a Parquet file for whoever wants to look at it: the published model's columns beside the labels. */
import { parquetWriteBuffer } from "hyparquet-writer";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import { compareBytes } from "../core/order.ts";
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
  const rows = matrix.rows;
  const components = Object.entries(labels.components).sort(([a], [b]) => compareBytes(a, b));
  const instants = Array.from(cutoffs.cutoff, (instant) => BigInt(instant));
  const columns = [
    { ...text("machine"), data: Array.from(cutoffs.machine, (machine) => cutoffs.machines[machine]) },
    { ...(time === "cycles" ? whole("cutoff") : timestamp("cutoff")), data: instants },
    ...matrix.names.map((name, i) => ({ ...number(name, "FLOAT"), data: matrix.columns[i] })),
    { ...small("label_state"), data: Int32Array.from(labels.state) },
    { ...number("label_value", "DOUBLE"), data: labels.value },
    ...components.map(([name, state]) => ({ ...small(`label_${name}_state`), data: Int32Array.from(state) })),
    { ...text("featurizer"), data: new Array<string>(rows).fill(featurizer) },
  ];
  const schema = [{ name: "root", num_children: columns.length }, ...columns.map(({ data: _, ...element }) => element)];
  const columnData = columns.map(({ name, data }) => ({ name, data }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, createdBy: "forewarn" }));
}

const required = { repetition_type: "REQUIRED" as const };

function text(name: string) {
  return { name, type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const, ...required };
}

function whole(name: string) {
  return { name, type: "INT64" as const, ...required };
}

function timestamp(name: string) {
  const unit = { type: "TIMESTAMP" as const, isAdjustedToUTC: true, unit: "MICROS" as const };
  return { name, type: "INT64" as const, converted_type: "TIMESTAMP_MICROS" as const, logical_type: unit, ...required };
}

function small(name: string) {
  return { name, type: "INT32" as const, ...required };
}

function number(name: string, type: "FLOAT" | "DOUBLE") {
  return { name, type, ...required };
}
