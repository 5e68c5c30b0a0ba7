/** The table of learners. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ForewarnError } from "../../src/core/errors.ts";
import { gbdt, learnerOf, loadModel, scheduleRule } from "../../src/training/index.ts";

test("a spec finds its learner", () => {
  assert.notEqual(learnerOf(gbdt()), learnerOf(scheduleRule()));
  assert.equal(learnerOf(gbdt({ name: "other" })), learnerOf(gbdt()));
});

test("an unknown learner is named with the nearest known one", () => {
  const hint = (error: unknown): string => (error as ForewarnError).details.hint ?? "";
  const spec = { learner: "gdbt", name: "mine", baseline: false };
  assert.throws(
    () => learnerOf(spec),
    (error: ForewarnError) => {
      return error.code === "PIPELINE_LEARNER_UNKNOWN" && hint(error).includes("`gbdt`");
    },
  );
  assert.throws(() => learnerOf({ ...spec, learner: "toString" }), { code: "PIPELINE_LEARNER_UNKNOWN" });
});

test("a model of an unknown learner is MODEL_INVALID", () => {
  assert.throws(() => loadModel({ learner: "gdbt" }), { code: "MODEL_INVALID", message: /did you mean `gbdt`/ });
  for (const json of [{ learner: "constructor" }, { learner: 3 }, {}, null, "gbdt", []]) {
    assert.throws(() => loadModel(json), { code: "MODEL_INVALID" });
  }
});
