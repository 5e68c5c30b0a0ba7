import assert from "node:assert/strict";
import { test } from "node:test";
import { mlmodelText } from "../../src/export/mlflow.ts";

const options = { features: ['volt "mean": 3h', "rotate#sd"], producerVersion: "0.1.0" };

test("the MLmodel file names the ONNX file, its loader and the shapes of its input and outputs", () => {
  const text = mlmodelText({ ...options, task: { kind: "multiclass", classes: ["none", "belt", "motor"] } });
  assert.match(text, /^flavors:\n {2}onnx:\n {4}code: null\n {4}data: model\.onnx\n/);
  assert.match(text, /^ {2}python_function:\n(?: {4}.*\n)* {4}loader_module: mlflow\.onnx$/m);
  assert.deepEqual(jsonAt(text, "inputs"), [
    { name: "features", type: "tensor", "tensor-spec": { dtype: "float32", shape: [-1, 2] } },
  ]);
  assert.deepEqual(
    jsonAt(text, "outputs").map((output) => [output.name, output["tensor-spec"].shape]),
    [
      ["raw", [-1, 3]],
      ["predicted", [-1, 3]],
    ],
  );
});

test("names with quotes, colons and hashes stay one YAML string", () => {
  const text = mlmodelText({ ...options, task: { kind: "binary" } });
  assert.deepEqual(jsonAt(text, "features"), options.features);
});

test("equal models have equal files", () => {
  const task = { kind: "regression", cap: 125 } as const;
  assert.equal(mlmodelText({ ...options, task }), mlmodelText({ ...options, task }));
});

/** The JSON in a quoted YAML string. */
function jsonAt(text: string, key: string): { name: string; "tensor-spec": { shape: number[] } }[] {
  const match = new RegExp(`^ +${key}: (".*")$`, "m").exec(text);
  assert.ok(match);
  return JSON.parse(JSON.parse(match[1]));
}
