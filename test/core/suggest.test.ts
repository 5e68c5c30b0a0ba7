import assert from "node:assert/strict";
import { test } from "node:test";
import { didYouMean } from "../../src/core/suggest.ts";

test("an unknown name gets the nearest known one, else all of them, and no hint where nothing is known", () => {
  assert.equal(didYouMean("rnu", ["run", "plan"]), "did you mean `run`?");
  assert.equal(didYouMean("dat", ["set", "data", "env"]), "did you mean `data`?");
  assert.equal(didYouMean("completely-else", ["run", "plan"]), "known: run, plan");
  assert.equal(didYouMean("anything", []), undefined);
});
