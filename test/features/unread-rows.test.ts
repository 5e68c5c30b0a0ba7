/** A row without a known reading is told apart from one whose columns hide that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { bundleOf } from "../../src/features/custom/bundle.ts";
import { fitFeaturizer, narrowFeaturizer } from "../../src/features/featurizer.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { unreadRows } from "../../src/features/unread-rows.ts";
import { coalesce } from "../../src/features/words/arithmetic.ts";
import { custom } from "../../src/features/words/custom.ts";
import { derive } from "../../src/features/words/derive.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { cutoffsAt, makeFleet } from "./support/make-fleet.ts";

const fleet = makeFleet({ telemetry: { t: [{ time: 1, values: { volt: 3 } }] } });
const cutoffs = cutoffsAt(fleet, [1, 5]);

/** Of the cutoffs 1 (a reading) and 5 (none in the window), for a featurizer that gives one column. */
async function unread(specs: readonly FeatureSpec[], name: string): Promise<number[]> {
  const whole = planFeatures(specs, describeFleet(fleet));
  const raw = await computeFeatures(whole, fleet, cutoffs);
  const { plan } = narrowFeaturizer(fitFeaturizer(whole, fleet, cutoffs, raw, Uint32Array.of(0, 1)), [name]);
  return [...unreadRows(plan, await computeFeatures(plan, fleet, cutoffs))];
}

test("a missing value that arithmetic fills in is still no reading", async () => {
  const specs = [
    rolling("volt", { over: "2c", stats: ["mean", "count"] }),
    derive("filled", coalesce("volt_mean_2c", 0)),
  ];
  assert.deepEqual(await unread(specs, "volt_mean_2c"), [0, 1]);
  assert.deepEqual(await unread(specs, "volt_count_2c"), [0, 1]);
  assert.deepEqual(await unread(specs, "filled"), [0, 1]);
});

test("what a custom function gives says nothing of readings", async () => {
  const mine = custom("mine", { over: "2c", reads: "volt", module: "f.js", export: "f" });
  const bundle = bundleOf("f.js", { "f.js": "export const f = () => NaN;" });
  assert.deepEqual(await unread([{ ...mine, bundle }], "mine_2c"), [0, 0]);
});
