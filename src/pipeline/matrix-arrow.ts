/** The stored form of a feature matrix: an Arrow IPC file with `machine`, `cutoff` and one float32 column a feature. */
import {
  Dictionary,
  Field,
  Float32,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  tableFromIPC,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import type { Cutoffs, Matrix } from "../core/matrix.ts";
import type { TimeKind } from "../core/time.ts";
import type { Codec } from "./stage.ts";

export interface StoredMatrix {
  cutoffs: Cutoffs;
  matrix: Matrix;
}

/** Sorted by machine, then cutoff (timestamp in microseconds, UTC, or int64 cycles). */
export function matrixCodec(time: TimeKind): Codec<StoredMatrix> {
  return { extension: "arrow", encode: (stored) => encode(stored, time), decode };
}

function encode({ cutoffs, matrix }: StoredMatrix, time: TimeKind): Uint8Array {
  const length = matrix.rows;
  const machineType = new Dictionary(new Utf8(), new Int32(), 0);
  const cutoffType = time === "cycles" ? new Int64() : new TimestampMicrosecond("UTC");
  const machine = makeData({
    type: machineType,
    length,
    nullCount: 0,
    data: Int32Array.from(cutoffs.machine),
    dictionary: vectorFromArray([...cutoffs.machines], new Utf8()),
  });
  const instants = BigInt64Array.from(cutoffs.cutoff, (instant) => BigInt(instant));
  const cutoff = makeData({ type: cutoffType as Int64, length, nullCount: 0, data: instants });
  const features = matrix.columns.map((data) => makeData({ type: new Float32(), length, nullCount: 0, data }));
  const schema = new Schema([
    new Field("machine", machineType, false),
    new Field("cutoff", cutoffType, false),
    ...matrix.names.map((name) => new Field(name, new Float32(), false)),
  ]);
  const children = [machine, cutoff, ...features];
  const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
  return tableToIPC(new Table(schema, [batch]), "file");
}

function decode(bytes: Uint8Array): StoredMatrix {
  const table = tableFromIPC(bytes);
  const rows = table.numRows;
  const column = (i: number) => table.getChildAt(i)!.data[0];
  // Arrow pads each buffer to 8 bytes, so the arrays may be longer than the table.
  const values = <T extends Int32Array | BigInt64Array | Float32Array>(i: number) =>
    (column(i).values as T).subarray(0, rows) as T;
  const machines = [...(column(0).dictionary ?? [])].map(String);
  const names = table.schema.fields.slice(2).map((field) => field.name);
  return {
    cutoffs: {
      machines,
      machine: Uint32Array.from(values<Int32Array>(0)),
      cutoff: Float64Array.from(values<BigInt64Array>(1), Number),
    },
    matrix: { rows, names, columns: names.map((_, i) => Float32Array.from(values<Float32Array>(i + 2))) },
  };
}
