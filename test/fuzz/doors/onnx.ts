/** The door for ONNX files: what opens gives as many scores as rows. */
import { readFile } from "node:fs/promises";
import { exportOnnx } from "../../../src/export/onnx/export-onnx.ts";
import { openOnnx } from "../../../src/export/onnx/session.ts";
import { loadModel } from "../../../src/training/learners.ts";
import type { Door } from "../door.ts";
import { mutateBytes } from "../mutate.ts";

export const onnxDoor: Door = {
  name: "onnx",
  share: 100,
  async open() {
    const json = await readFile(new URL("../../bad-inputs/_good/model.json", import.meta.url), "utf8");
    const model = loadModel(JSON.parse(json));
    const whole = exportOnnx(model, { name: "pumps", producerVersion: "0.1.0", featurizerHash: "", threshold: 0 });
    return {
      make(random) {
        const content = mutateBytes(random, whole, [whole]);
        return {
          content,
          async send() {
            const session = await openOnnx(content);
            try {
              const { raw } = await session.run(Float32Array.of(1, 2, 3, Number.NaN), 2);
              return raw.length === 2 ? "opens and scores" : "opens, another number of scores";
            } finally {
              await session.release();
            }
          },
        };
      },
    };
  },
};
