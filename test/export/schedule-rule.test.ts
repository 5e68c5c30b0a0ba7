import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { random } from "../../src/core/random.ts";
import { exportOnnx } from "../../src/export/onnx/export-onnx.ts";
import { checkParity } from "../../src/export/onnx/parity.ts";
import { openOnnx } from "../../src/export/onnx/session.ts";
import type { Task } from "../../src/labels/labels.ts";
import type { Steps } from "../../src/training/isotonic.ts";
import { loadModel } from "../../src/training/learners.ts";

const metadata = { name: "press", producerVersion: "0.1.0", featurizerHash: "abc", threshold: 1 };
const features = ["schedule_belt_used", "schedule_motor_used"];
const load = (task: Task, steps: readonly Steps[]) =>
  loadModel({ learner: "scheduleRule", version: 1, task, features, steps });
const tasks: Task[] = [
  { kind: "binary" },
  { kind: "multiclass", classes: ["none", "belt", "motor", "valve without a schedule"] },
  { kind: "multiclass", classes: ["none", "motor"] },
  { kind: "regression", cap: 100 },
  { kind: "regression" },
];

test("the score is the largest share known, 0 where none is, and the prediction the step it lies on", async () => {
  const model = load({ kind: "binary" }, [{ from: [0, 0.5, 1], value: [0.001, 0.1, 0.9] }]);
  const session = await openOnnx(exportOnnx(model, metadata));
  const { raw, predicted } = await session.run(Float32Array.of(0.2, 1, NaN, 0.5, 0.25, NaN, NaN, NaN), 2);
  await session.release();
  assert.deepEqual([...raw], [1, 0.5, 0.25, 0]);
  assert.deepEqual([...predicted], [0.9, 0.1, 0.001, 0.001].map(Math.fround));
});

test("the exported rule agrees with the model to the bit, for any steps and missing shares", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(...tasks), fc.integer({ min: 1, max: 9 }), async (seed, task, count) => {
      const generator = random(seed, "steps");
      const from = Array.from({ length: count }, (_, i) => Math.fround(i / 4 + generator.uniform() / 5));
      const step = (): Steps => ({
        from,
        value: from.map(() => (task.kind === "regression" ? 150 * generator.uniform() - 10 : generator.uniform())),
      });
      const model = load(task, task.kind === "multiclass" ? task.classes.slice(1).map(step) : [step()]);
      const column = () =>
        Float32Array.from({ length: 100 }, () => {
          const choice = generator.uniform();
          if (choice < 0.2) return Number.NaN;
          if (choice < 0.25) return Number.POSITIVE_INFINITY;
          return choice < 0.6 ? from[generator.integer(count)] : 3 * generator.uniform();
        });
      const matrix = { rows: 100, names: features, columns: [column(), column()] };
      const parity = await checkParity(model, exportOnnx(model, metadata), matrix);
      assert.deepEqual(parity, { rows: 100, maxLinkUlp: 0 });
    }),
    { seed: 11, numRuns: 60 },
  );
});
