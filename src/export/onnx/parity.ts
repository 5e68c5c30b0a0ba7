/** The parity gate: an exported model must say what the model itself says, row by row, before it may be published. */
import { ForewarnError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Model } from "../../training/learner.ts";
import { modelColumns } from "../../training/model-columns.ts";
import { openOnnx } from "./session.ts";
import { ulpDistance } from "./ulp.ts";

/** Predictions may differ by this many float32 ulp, raw scores by none. */
const LINK_ULP = 4;
const BATCH_ROWS = 4096;

/** What was held against each other: the raw scores of all rows are equal to the bit, or an error is thrown. */
export interface Parity {
  rows: number;
  /** The largest distance of a prediction, in float32 ulp. */
  maxLinkUlp: number;
}

/**
 * Runs every row of the matrix through onnxruntime (processor, one thread, all graph optimisations) and through the model.
 * onnxruntime's telemetry to Microsoft is switched off first (ORT_DISABLE_TELEMETRY=1, for the whole process): it writes no files and
 * reaches no network. Call this on the main thread, or set that variable before the process starts.
 * @throws MODEL_PARITY with the first row that differs; MODEL_ONNX, SERVICE_ONNXRUNTIME.
 */
export async function checkParity(model: Model, onnx: Uint8Array, matrix: Matrix): Promise<Parity> {
  const columns = modelColumns(matrix, model.features);
  const raw = model.raw(matrix);
  const predicted = model.link(raw);
  const rawBits = new Uint32Array(raw.buffer, raw.byteOffset, raw.length);
  const outputs = matrix.rows === 0 ? 1 : raw.length / matrix.rows;
  const session = await openOnnx(onnx);
  let maxLinkUlp = 0;
  try {
    for (let start = 0; start < matrix.rows; start += BATCH_ROWS) {
      const end = Math.min(start + BATCH_ROWS, matrix.rows);
      const theirs = await session.run(rowMajor(columns, start, end), columns.length);
      const theirBits = new Uint32Array(theirs.raw.buffer, theirs.raw.byteOffset, theirs.raw.length);
      const place = (i: number) => `row ${start + Math.floor(i / outputs)}, output ${i % outputs}`;
      checkLength(theirs.raw, (end - start) * outputs);
      checkLength(theirs.predicted, (end - start) * outputs);
      for (let i = 0; i < theirBits.length; i++) {
        const k = start * outputs + i;
        if (theirBits[i] !== rawBits[k]) {
          throw notEqual("raw score", "the same bits", raw[k], theirs.raw[i], place(i));
        }
        const distance = ulpDistance(predicted[k], theirs.predicted[i]);
        if (distance > LINK_ULP) {
          throw notEqual("prediction", `at most ${LINK_ULP} float32 ulp`, predicted[k], theirs.predicted[i], place(i));
        }
        maxLinkUlp = Math.max(maxLinkUlp, distance);
      }
    }
  } finally {
    await session.release();
  }
  return { rows: matrix.rows, maxLinkUlp };
}

function rowMajor(columns: readonly Float32Array[], start: number, end: number): Float32Array {
  const values = new Float32Array((end - start) * columns.length);
  for (const [c, column] of columns.entries()) {
    for (let row = start, k = c; row < end; row++, k += columns.length) values[k] = column[row];
  }
  return values;
}

function checkLength(values: Float32Array, expected: number): void {
  if (values.length === expected) return;
  throw new ForewarnError("MODEL_PARITY", {
    problem: "the exported model has another shape than the model",
    expected: `${expected} values`,
    found: String(values.length),
  });
}

function notEqual(what: string, allowed: string, ours: number, theirs: number, where: string): ForewarnError {
  return new ForewarnError("MODEL_PARITY", {
    problem: `a ${what} of the exported model is not that of the model (${allowed})`,
    expected: String(ours),
    found: String(theirs),
    where,
    hint: "the model is not published; this is a fault of forewarn or of this onnxruntime: please report it",
  });
}
