/** A row without a known reading is told apart from one whose columns hide that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { bundleOf } from "../../src/features/custom/bundle.ts";
import { fitFeaturizer, narrowFeaturizer } from "../../src/features/featurizer.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { withReadingCounts } from "../../src/features/reading-counts.ts";
import { describeFleet } from "../../src/features/schema.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { countBetween } from "../../src/features/statistics/count-between.ts";
import { countAbove } from "../../src/features/statistics/count-beyond.ts";
import { countEqual } from "../../src/features/statistics/count-equal.ts";
import { crossingsOf } from "../../src/features/statistics/crossings-of.ts";
import { longestRunAbove } from "../../src/features/statistics/longest-run.ts";
import { peaks } from "../../src/features/statistics/peaks.ts";
import { unreadRows } from "../../src/features/unread-rows.ts";
import { coalesce } from "../../src/features/words/arithmetic.ts";
import { custom } from "../../src/features/words/custom.ts";
import { derive } from "../../src/features/words/derive.ts";
import { rolling } from "../../src/features/words/rolling.ts";
import { usedSince } from "../../src/features/words/used-since.ts";
import { cutoffsAt, makeFleet } from "./support/make-fleet.ts";

const fleet = makeFleet({ telemetry: { t: [{ time: 1, values: { volt: 3 } }] } });
const cutoffs = cutoffsAt(fleet, [1, 5]);

/** Of the cutoffs 1 (a reading) and 5 (none in the window), for a featurizer that gives one column. */
async function unread(specs: readonly FeatureSpec[], name: string): Promise<number[]> {
  const whole = planFeatures(specs, describeFleet(fleet));
  const raw = await computeFeatures(whole, fleet, cutoffs);
  const { plan } = narrowFeaturizer(fitFeaturizer(whole, fleet, cutoffs, raw, Uint32Array.of(0, 1)), [name]);
  const telling = withReadingCounts(plan);
  return [...unreadRows(telling, await computeFeatures(telling, fleet, cutoffs))];
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

test("a reading that nothing is counted of is a reading, and an empty window is none", async () => {
  // The only reading, 3, is not above 7, between 8 and 9, or a peak.
  const none = [countAbove(7), countBetween(8, 9), countEqual(1), crossingsOf(7), longestRunAbove(7), peaks(1)];
  for (const statistic of none) {
    const alone = rolling("volt", { over: "2c", stats: statistic });
    const [name] = planFeatures([alone], describeFleet(fleet)).rawNames;
    assert.deepEqual(await unread([alone], name), [0, 1], name);
    assert.deepEqual(await unread([alone, rolling("volt", { over: "2c", stats: "count" })], name), [0, 1], name);
  }
  const both = [rolling("volt", { over: "2c", stats: "mean" }), rolling("volt", { over: "9c", stats: countAbove(7) })];
  const whole = planFeatures(both, describeFleet(fleet));
  const telling = withReadingCounts(whole);
  // At 5 the longer window still has the reading.
  assert.deepEqual([...unreadRows(telling, await computeFeatures(telling, fleet, cutoffs))], [0, 0]);
  assert.deepEqual(telling.rawNames, [...whole.rawNames, "volt_count_9c"]);
});

test("a plan whose windows show what they read is not counted for", () => {
  const eventful = makeFleet({
    telemetry: { t: [{ time: 1, values: { volt: 3 } }] },
    events: { maintenance: [{ time: 1, kind: "a" }] },
  });
  const specs = [rolling("volt", { over: "2c", stats: ["mean", countAbove(7)] }), usedSince("maintenance")];
  const plan = planFeatures(specs, describeFleet(eventful));
  assert.equal(withReadingCounts(plan), plan);
});
