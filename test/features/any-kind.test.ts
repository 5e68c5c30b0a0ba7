import assert from "node:assert/strict";
import { test } from "node:test";
import { planFeatures } from "../../src/features/plan.ts";
import { countOf } from "../../src/features/words/count-of.ts";
import { timeSince } from "../../src/features/words/time-since.ts";

const schema = {
  time: "timestamp" as const,
  sensors: [],
  events: { errors: { kinds: ["e1", "e2"], outcome: false } },
  attributes: {},
  schedule: [],
  limits: [],
};

test("events are counted and timed by kind and for any kind, unless any is not wanted", () => {
  const both = planFeatures([countOf("errors", { over: "3h" }), timeSince("errors")], schema);
  assert.deepEqual(both.rawNames, [
    "errors_e1_count_3h",
    "errors_e2_count_3h",
    "errors_any_count_3h",
    "errors_e1_timeSince",
    "errors_e2_timeSince",
    "errors_any_timeSince",
  ]);
  const kinds = planFeatures(
    [countOf("errors", { over: "3h", any: false }), timeSince("errors", { any: false })],
    schema,
  );
  assert.deepEqual(
    kinds.rawNames,
    both.rawNames.filter((name) => !name.includes("any")),
  );
});
