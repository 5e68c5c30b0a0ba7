/** What is fitted depends on the training rows alone, in whatever order they come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { takeCutoffs, takeRows } from "../../src/core/matrix.ts";
import { computeFeatures } from "../../src/features/compute/compute-features.ts";
import { featurizerHash, fitFeaturizer } from "../../src/features/featurizer.ts";
import * as words from "../../src/features/index.ts";
import { planFeatures } from "../../src/features/plan.ts";
import { describeFleet } from "../../src/features/schema.ts";
import type { FeatureSpec } from "../../src/features/spec.ts";
import { cutoffsAt, type FleetRows, makeFleet } from "./support/make-fleet.ts";
import { allSpecs, LAST_CYCLE, randomRows } from "./support/random-fleet.ts";

const at = Array.from({ length: LAST_CYCLE / 2 }, (_, i) => 2 * i + 3);
const trainRows = Uint32Array.from(at.keys());

/** Made of columns that every fleet here has in its plan, whether or not training shows their kinds and values. */
const made: readonly FeatureSpec[] = [
  words.countOf("errors", { over: "9c" }),
  words.timeSince("failures"),
  words.attributes("model"),
  words.derive("sum", words.plus("errors_e2_count_9c", 1)),
  words.derive("twice", words.times("sum", 2)),
  words.derive("isY", words.plus("model_y", 0)),
  words.clip(["errors_e2_count_9c", "failures_b_timeSince", "model_z"]),
  words.operatingModes({
    by: "errors_e1_count_9c",
    standardise: ["errors_any_count_9c", "errors_e2_count_9c", "model_x"],
  }),
];

async function fit(rows: FleetRows, specs: readonly FeatureSpec[], train: Uint32Array) {
  const fleet = makeFleet(rows);
  const plan = planFeatures(specs, describeFleet(fleet));
  const cutoffs = cutoffsAt(fleet, at);
  return fitFeaturizer(plan, fleet, cutoffs, await computeFeatures(plan, fleet, cutoffs), train);
}

test("kinds and values that only evaluation rows show move no byte of the featurizer, nor of what is made of their columns", async () => {
  // Machine m2 is not in training; its kinds and values are in every plan.
  const everyKind = {
    errors: ["e1", "e2"].map((kind) => ({ machine: "m2", time: 1, kind })),
    failures: ["a", "b"].map((kind) => ({ machine: "m2", time: 1, kind })),
  };
  const everyModel = ["x", "y", "z"].map((model, i) => ({ machine: "m2", validFrom: i, attributes: { model } }));
  let differ = 0;
  await fc.assert(
    fc.asyncProperty(randomRows(), async (rows) => {
      const ofTraining = <Row extends { machine?: string }>(all: readonly Row[]) =>
        all.filter(({ machine }) => machine === "m1");
      const with_ = (extra: { errors: string[]; models: string[] }): FleetRows => ({
        ...rows,
        events: {
          ...rows.events,
          errors: [
            ...ofTraining(rows.events.errors),
            ...everyKind.errors,
            ...extra.errors.map((kind) => ({ machine: "m2", time: 5, kind })),
          ],
          failures: [...ofTraining(rows.events.failures), ...everyKind.failures],
        },
        machineTable: [
          ...ofTraining(rows.machineTable),
          ...everyModel,
          ...extra.models.map((model, i) => ({ machine: "m2", validFrom: 10 + i, attributes: { model } })),
        ],
      });
      const featurizer = await fit(with_({ errors: [], models: [] }), made, trainRows);
      const other = await fit(with_({ errors: ["e0", "e9"], models: ["w"] }), made, trainRows);
      assert.equal(featurizerHash(other), featurizerHash(featurizer));
      // The column that `sum` is made of is there only where training saw e2; so is then `sum`.
      assert.equal(featurizer.names.includes("sum"), featurizer.names.includes("errors_e2_count_9c"));
      assert.equal(featurizer.names.includes("isY"), featurizer.names.includes("model_y"));
      assert.equal(featurizer.names.includes("model_z_clipped"), featurizer.names.includes("model_z"));
      assert.equal(featurizer.plan.schema.events["errors"].kinds.includes("e2"), featurizer.names.includes("sum"));
      if (!featurizer.names.includes("sum")) differ++;
    }),
    { seed: 20150301, numRuns: 40 },
  );
  // Else the property says little.
  assert.ok(differ > 0);
});

test("the order of the cutoffs and of the training rows does not move a byte of the featurizer", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, fc.infiniteStream(fc.nat()), async (rows, specs, draws) => {
      const fitted = [
        ...specs,
        words.rolling(["volt", "temp", "flow"], { over: "35c", stats: ["mean"] }),
        words.healthyBaseline(["volt_mean_35c", "temp_mean_35c"]),
        words.residualOf("flow_mean_35c", { given: "volt_mean_35c" }),
        words.operatingModes({ by: ["volt_mean_35c", "temp_mean_35c"], standardise: "flow_mean_35c" }),
      ];
      const fleet = makeFleet(rows);
      const plan = planFeatures(fitted, describeFleet(fleet));
      const cutoffs = cutoffsAt(fleet, at);
      const raw = await computeFeatures(plan, fleet, cutoffs);
      const every = Uint32Array.from(cutoffs.cutoff.keys());
      const keys = Array.from(every, () => draws.next().value as number);
      const shuffled = every.toSorted((a, b) => keys[a] - keys[b]);
      const hash = featurizerHash(fitFeaturizer(plan, fleet, cutoffs, raw, every));
      assert.equal(featurizerHash(fitFeaturizer(plan, fleet, cutoffs, raw, shuffled)), hash);
      const [mixed, mixedRaw] = [takeCutoffs(cutoffs, shuffled), takeRows(raw, shuffled)];
      assert.equal(featurizerHash(fitFeaturizer(plan, fleet, mixed, mixedRaw, every)), hash);
    }),
    { seed: 20150301, numRuns: 30 },
  );
});
