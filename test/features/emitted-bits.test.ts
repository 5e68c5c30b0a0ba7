import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyFeaturizer } from "../../src/features/apply.ts";
import { fitFeaturizer } from "../../src/features/featurizer.ts";
import * as words from "../../src/features/index.ts";
import { bitsOf, rawMatrix } from "./support/compute.ts";
import { cutoffsAt, makeFleet } from "./support/make-fleet.ts";
import { allSpecs, instants, randomRows } from "./support/random-fleet.ts";

const MISSING = 0x7fc00000;
const NEGATIVE_ZERO = 0x80000000;

test("a reading that is a NaN of other bits is emitted as 7fc00000", async () => {
  const odd = new Float64Array(BigUint64Array.of(0xfff8_0000_dead_beefn).buffer)[0];
  const fleet = makeFleet({ telemetry: { t: [{ time: 0, values: { volt: odd } }] } });
  fleet.telemetry[0].sensors["volt"] = new Float64Array(BigUint64Array.of(0xfff8_0000_dead_beefn).buffer);
  const specs = [words.rolling("volt", { over: "2c", stats: ["last", "mean"] }), words.lag("volt", { by: "1c" })];
  const matrix = await rawMatrix(fleet, specs, cutoffsAt(fleet, [1]), 1);
  assert.deepEqual(bitsOf(matrix), { volt_last_2c: [MISSING], volt_mean_2c: [MISSING], volt_lag_1c: [MISSING] });
});

test("-0, and what is too small for a float32, are emitted as +0", async () => {
  for (const volt of [-0, -1e-300, 1e-300]) {
    const fleet = makeFleet({
      telemetry: { t: [{ time: 0, values: { volt } }] },
      machineTable: [{ attributes: { age: volt } }],
    });
    const specs = [
      words.rolling("volt", { over: "2c", stats: ["last", "min", "max", "mean", "range"] }),
      words.lag("volt", { by: "1c" }),
      words.attributes("age"),
    ];
    const bits = bitsOf(await rawMatrix(fleet, specs, cutoffsAt(fleet, [1]), 1));
    assert.deepEqual(Object.values(bits).flat(), Array(7).fill(0), String(volt));
  }
});

test("no column of a matrix, raw or fitted, has a NaN of other bits or a negative zero", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, instants, async (rows, specs, at) => {
      const fleet = makeFleet(rows);
      const plan = words.planFeatures(specs, words.describeFleet(fleet));
      const cutoffs = cutoffsAt(fleet, at);
      const raw = await words.computeFeatures(plan, fleet, cutoffs);
      const featurizer = fitFeaturizer(plan, fleet, cutoffs, raw, Uint32Array.from(cutoffs.cutoff.keys()));
      for (const matrix of [raw, applyFeaturizer(featurizer, raw)]) {
        const bits = bitsOf(matrix);
        for (const [i, name] of matrix.names.entries()) {
          for (const [row, value] of matrix.columns[i].entries()) {
            if (Number.isNaN(value)) assert.equal(bits[name][row], MISSING, name);
            else assert.notEqual(bits[name][row], NEGATIVE_ZERO, name);
          }
        }
      }
    }),
    { seed: 20150301, numRuns: 100 },
  );
});
