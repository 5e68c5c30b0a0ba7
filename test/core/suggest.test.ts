import assert from "node:assert/strict";
import { test } from "node:test";
import { didYouMean } from "../../src/core/suggest.ts";

test("an unknown name gets the nearest known one, else all of them, and no hint where nothing is known", () => {
  assert.equal(didYouMean("rnu", ["run", "plan"]), "did you mean `run`?");
  assert.equal(didYouMean("dat", ["set", "data", "env"]), "did you mean `data`?");
  assert.equal(didYouMean("completely-else", ["run", "plan"]), "known: run, plan");
  assert.equal(didYouMean("anything", []), undefined);
});

test("a name that shares no letter with an unknown one is not what was meant, however short both are", () => {
  assert.equal(didYouMean("v", ["m", "t"]), "known: m, t");
  assert.equal(didYouMean("v", ["m", "V"]), "did you mean `V`?");
});

test("a name too long to be a slip is compared with nothing", () => {
  assert.equal(didYouMean("x".repeat(100_000), ["run", "x".repeat(99_999)])?.startsWith("known: run, x"), true);
});
