import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../src/archive/csv.ts";
import { countOf } from "../../src/features/words/count-of.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { delayWarnings } from "../../src/pipeline/delay-warnings.ts";
import { smallOptions } from "./support/small-fleet.ts";

test("a window no longer than its source's delay is warned of, a longer one is not", () => {
  const warnings = delayWarnings({
    ...smallOptions,
    telemetry: csv("late.csv", { machine: "m", time: "t", sensors: ["v"], delay: "6h" }),
    events: { errors: csv("errors.csv", { machine: "m", time: "t", kind: "k", delay: "2d" }) },
    features: [rolling("v", { over: ["3h", "6h", "12h"], stats: ["mean"] }), countOf("errors", { over: ["2d", "3d"] })],
  });
  assert.deepEqual(warnings, [
    "rolling over 3h sees nothing of telemetry, which is known only 6h later",
    "rolling over 6h sees nothing of telemetry, which is known only 6h later",
    "countOf over 2d sees nothing of events.errors, which is known only 2d later",
  ]);
  assert.deepEqual(delayWarnings(smallOptions), []);
});

test("telemetry that is stale by the time it is known is warned of", () => {
  const mapping = { machine: "m", time: "t", sensors: ["v"] };
  const late = csv("late.csv", { ...mapping, delay: "2d" });
  const options = { ...smallOptions, telemetry: late, features: [] };
  assert.deepEqual(delayWarnings(options), [
    "telemetry is known only 2d later, which is beyond 3 x every (18h): no machine is ever in observation",
  ]);
  assert.deepEqual(delayWarnings({ ...options, stale: "2d" }), []);
  assert.deepEqual(delayWarnings({ ...options, telemetry: [late, csv("soon.csv", mapping)] }), []);
});
