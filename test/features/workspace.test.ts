import assert from "node:assert/strict";
import { test } from "node:test";
import { Workspace } from "../../src/features/compute/workspace.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import { KernelMemory } from "../../src/kernels/memory.ts";
import { cutoffsAt, makeFleet } from "./support/make-fleet.ts";

test("what is asked for twice is made once, what differs only in its reset is another", () => {
  const fleet = makeFleet({
    telemetry: { t: [{ time: 0, values: { volt: 1 } }] },
    events: { maintenance: [{ time: 1, kind: "a" }] },
  });
  const workspace = new Workspace(
    fleet,
    planFeatures([], describeFleet(fleet)),
    cutoffsAt(fleet, [2]),
    new KernelMemory(),
  );
  const plain = workspace.lastReading("volt", { length: 3 });
  assert.equal(workspace.lastReading("volt", { length: 3, shift: 0 }), plain);
  const reset = workspace.lastReading("volt", { length: 3, resetOn: "maintenance" });
  assert.notEqual(reset, plain);
  assert.equal(workspace.lastReading("volt", { length: 3, resetOn: "maintenance" }), reset);
  assert.notEqual(workspace.lastReading("volt", { length: 3, shift: 1 }), plain);
});
