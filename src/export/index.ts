/** forewarn/export: models in formats that other programs read, held against the model itself. */
export { type MlmodelOptions, mlmodelText } from "./mlflow.ts";
export { exportOnnx, type OnnxMetadata } from "./onnx/export-onnx.ts";
export { checkParity, type Parity } from "./onnx/parity.ts";
