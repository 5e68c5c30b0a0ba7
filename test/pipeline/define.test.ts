import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { definePipeline } from "../../src/pipeline/define.ts";
import { smallOptions } from "./support/small-fleet.ts";

const pipeline = definePipeline(
  { name: "small", seed: 1, fast: false, horizon: ["24h", "72h"] },
  ({ name, seed, fast, horizon }) => ({
    ...smallOptions,
    name: `${name}-${fast ? "fast" : "slow"}-${horizon}`,
    seed,
  }),
);

const refused = (code: string, hint?: RegExp) => (error: unknown) =>
  error instanceof ForewarnError && error.code === code && (hint === undefined || hint.test(error.details.hint ?? ""));

test("a parameter has its default, the first of its choices, or what --set says", () => {
  assert.equal(pipeline.build().name, "small-slow-24h");
  assert.equal(pipeline.build({ fast: "true", horizon: "72h", seed: "7" }).name, "small-fast-72h");
  assert.equal(pipeline.build({ seed: "7" }).seed, 7);
});

test("an unknown parameter is refused with the nearest known one", () => {
  assert.throws(() => pipeline.build({ horizn: "24h" }), refused("USAGE_PARAMETER_UNKNOWN", /did you mean `horizon`/));
  assert.throws(() => definePipeline(smallOptions).build({ a: "b" }), refused("USAGE_PARAMETER_UNKNOWN"));
  assert.throws(() => pipeline.build({ constructor: "x" }), refused("USAGE_PARAMETER_UNKNOWN"));
});

test("a value of another type, or none of the choices, is refused", () => {
  for (const set of [{ fast: "yes" }, { seed: "" }, { seed: "many" }, { horizon: "48h" }] as Record<string, string>[]) {
    assert.throws(() => pipeline.build(set), refused("USAGE_PARAMETER_VALUE"));
  }
});
