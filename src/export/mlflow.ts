/** The MLmodel file of MLflow's model layout (flavor onnx), so that `mlflow.onnx` and `mlflow.pyfunc` open a registered version. */
import { outputsOf, type Task } from "../labels/labels.ts";

export interface MlmodelOptions {
  /** The columns of the model's one input, in order. */
  features: readonly string[];
  task: Task;
  /** The version of forewarn that wrote the model. */
  producerVersion: string;
}

/** The text of the file; equal for equal models. */
export function mlmodelText({ features, task, producerVersion }: MlmodelOptions): string {
  const outputs = outputsOf(task);
  // JSON strings are YAML strings.
  const quoted = (value: unknown) => JSON.stringify(typeof value === "string" ? value : JSON.stringify(value));
  return `flavors:
  onnx:
    code: null
    data: model.onnx
    providers:
    - CPUExecutionProvider
  python_function:
    code: null
    data: model.onnx
    loader_module: mlflow.onnx
metadata:
  features: ${quoted(features)}
  producer: ${quoted(`forewarn ${producerVersion}`)}
  task: ${quoted(task)}
signature:
  inputs: ${quoted([tensor("features", features.length)])}
  outputs: ${quoted([tensor("raw", outputs), tensor("predicted", outputs)])}
  params: null
`;
}

function tensor(name: string, columns: number) {
  return { name, type: "tensor", "tensor-spec": { dtype: "float32", shape: [-1, columns] } };
}
