/** Settings of the boosted trees. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type GbdtOptions, gbdt } from "../../../src/training/index.ts";

test("the settings are plain data with every default written out", () => {
  assert.deepEqual(gbdt(), {
    learner: "gbdt",
    name: "gbdt",
    baseline: false,
    trees: 300,
    leaves: 31,
    learningRate: 0.05,
    minRows: 20,
    minHessian: 0.001,
    l2: 0,
    minGain: 0,
    maxBins: 255,
  });
  const spec = gbdt({ trees: 50, earlyStopping: 20, leaves: undefined });
  assert.deepEqual([spec.trees, spec.earlyStopping, spec.leaves], [50, 20, 31]);
  assert.deepEqual(JSON.parse(JSON.stringify(spec)), spec);
});

test("a value out of range is refused with the range", () => {
  const wrong: GbdtOptions[] = [
    { trees: 0 },
    { trees: 2.5 },
    { leaves: 1 },
    { learningRate: 0 },
    { learningRate: Number.NaN },
    { minRows: 0 },
    { minHessian: -1 },
    { l2: Number.POSITIVE_INFINITY },
    { minGain: -1 },
    { maxBins: 256 },
    { earlyStopping: 0 },
    { name: "" },
    { trees: "300" as unknown as number },
  ];
  for (const options of wrong) {
    assert.throws(() => gbdt(options), { code: "PIPELINE_GBDT", message: /expected a (whole )?(number|text)/ });
  }
});

test("an unknown option is named with the nearest known one", () => {
  const unknown = { learningrate: 0.1 } as GbdtOptions;
  assert.throws(
    () => gbdt(unknown),
    (error: Error & { details: { hint: string } }) => {
      return error.message.includes("learningrate") && error.details.hint.includes("learningRate");
    },
  );
});
