/** The Arrow layout of a feature matrix: `machine`, `cutoff`, then one float32 column a feature. */
import type { Int64, Table } from "apache-arrow";
import type { Cutoffs, Matrix } from "../../core/matrix.ts";
import type { TimeKind } from "../../core/time.ts";

type Arrow = typeof import("apache-arrow");

/** Shares the features' memory. @param arrow the library, which is not loaded here */
export function matrixTable(arrow: Arrow, cutoffs: Cutoffs, matrix: Matrix, time: TimeKind): Table {
  const { Dictionary, Field, Float32, Int32, makeData, RecordBatch, Schema, Struct, Utf8 } = arrow;
  const length = matrix.rows;
  const machineType = new Dictionary(new Utf8(), new Int32(), 0);
  const cutoffType = time === "cycles" ? new arrow.Int64() : new arrow.TimestampMicrosecond("UTC");
  const machine = makeData({
    type: machineType,
    length,
    nullCount: 0,
    data: Int32Array.from(cutoffs.machine),
    dictionary: arrow.vectorFromArray([...cutoffs.machines], new Utf8()),
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
  return new arrow.Table(schema, [batch]);
}
