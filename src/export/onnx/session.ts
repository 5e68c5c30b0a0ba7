/** Runs an ONNX file that was written here, by onnxruntime on the processor; onnxruntime is loaded when first needed. */
import { ForewarnError } from "../../core/errors.ts";
import { INPUT, PREDICTED, RAW } from "./names.ts";

/** The two outputs of some rows, rows x outputs, row-major. */
interface OnnxScores {
  raw: Float32Array;
  predicted: Float32Array;
}

interface OnnxSession {
  /** `values` is rows x `columns`, row-major. @throws MODEL_ONNX when the model cannot be run, or gives something else than scores */
  run(values: Float32Array, columns: number): Promise<OnnxScores>;
  release(): Promise<void>;
}

/**
 * Opens the bytes of a file with all graph optimisations on, as it will be used, and one thread unless told otherwise.
 * onnxruntime's telemetry is switched off for the whole process; a worker thread cannot do that (its environment is a copy), so there
 * ORT_DISABLE_TELEMETRY=1 must be set before the process starts.
 * @throws SERVICE_ONNXRUNTIME when onnxruntime cannot be loaded here, MODEL_ONNX when it refuses the file.
 */
export async function openOnnx(bytes: Uint8Array, { threads = 1 }: { threads?: number } = {}): Promise<OnnxSession> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await InferenceSession.create(bytes, {
    executionProviders: ["cpu"],
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw refused("onnxruntime cannot open the exported model", cause);
  });
  return {
    async run(values, columns) {
      const input = new Tensor("float32", values, [values.length / columns, columns]);
      const results = await session.run({ [INPUT]: input }).catch((cause: unknown) => {
        throw refused("onnxruntime cannot run the exported model", cause);
      });
      return { raw: floats(results[RAW]?.data, RAW), predicted: floats(results[PREDICTED]?.data, PREDICTED) };
    },
    release: () => session.release(),
  };
}

function floats(data: unknown, output: string): Float32Array {
  if (data instanceof Float32Array) return data;
  throw refused("the exported model gives no scores", `nothing that is float32 in \`${output}\``);
}

function refused(problem: string, cause: unknown): ForewarnError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new ForewarnError("MODEL_ONNX", { problem, found, cause });
}

async function loadRuntime(): Promise<typeof import("onnxruntime-node")> {
  // Its official builds report each session, with the names of the model's features, to their makers and keep files in the home and
  // temporary folders, unless the environment forbids it before the library is loaded.
  process.env["ORT_DISABLE_TELEMETRY"] = "1";
  try {
    return await import("onnxruntime-node");
  } catch (cause) {
    throw new ForewarnError("SERVICE_ONNXRUNTIME", {
      problem: "onnxruntime cannot be loaded",
      found: `${process.platform} ${process.arch}`,
      hint: "run `npm ci`; the package onnxruntime-node must have a build for this platform",
      cause,
    });
  }
}
