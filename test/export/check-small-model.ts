/** A child process that holds a small model against its export, stays as long as is asked (ms), and prints "agreed". */
import { exportOnnx } from "../../src/export/onnx/export-onnx.ts";
import { checkParity } from "../../src/export/onnx/parity.ts";
import { randomCase } from "./random-trees.ts";

const { model, matrix } = randomCase(1, { kind: "binary" }, { rows: 20 });
const metadata = { name: "press", producerVersion: "0.1.0", featurizerHash: "abc", threshold: 0.5 };
const { rows } = await checkParity(model, exportOnnx(model, metadata), matrix);
await new Promise((resolve) => setTimeout(resolve, Number(process.argv[2])));
if (rows === matrix.rows) process.stdout.write("agreed");
