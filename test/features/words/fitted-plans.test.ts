import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "../../../src/core/json.ts";
import { takeRows } from "../../../src/core/matrix.ts";
import { applyFeaturizer, featurize } from "../../../src/features/apply.ts";
import { computeFeatures } from "../../../src/features/compute/compute-features.ts";
import { featurizerHash, featurizerToJson, fitFeaturizer } from "../../../src/features/featurizer.ts";
import { planFeatures } from "../../../src/features/plan.ts";
import { readFeaturizer } from "../../../src/features/read.ts";
import { describeFleet } from "../../../src/features/schema.ts";
import type { FeatureSpec } from "../../../src/features/spec.ts";
import { clip } from "../../../src/features/words/clip.ts";
import { healthyBaseline } from "../../../src/features/words/healthy-baseline.ts";
import { operatingModes } from "../../../src/features/words/operating-modes.ts";
import { principalComponents } from "../../../src/features/words/principal-components.ts";
import { residualOf } from "../../../src/features/words/residual-of.ts";
import { rolling } from "../../../src/features/words/rolling.ts";
import { bitsOf } from "../support/compute.ts";
import { cutoffsAt, makeFleet } from "../support/make-fleet.ts";
import { allSpecs, LAST_CYCLE, randomRows } from "../support/random-fleet.ts";

const property = { seed: 20150301, numRuns: 60 };
const at = Array.from({ length: LAST_CYCLE / 2 }, (_, i) => 2 * i + 3);
type Rows = typeof randomRows extends () => fc.Arbitrary<infer Generated> ? Generated : never;

/** A plan of every feature, then of every one that is fitted, made of columns of theirs picked at random. */
function planOf(rows: Rows, specs: readonly FeatureSpec[], picks: readonly number[]) {
  const schema = describeFleet(makeFleet(rows));
  // A window that nearly always knows something, so that there is something to learn.
  const first = [...specs, rolling(["volt", "temp", "flow"], { over: "35c", stats: ["mean"] })];
  const known = planFeatures(first, schema).rawNames;
  const [a, b, c] = ["volt", "temp", "flow"].map((sensor) => `${sensor}_mean_35c`);
  const others = [...new Set(picks.map((pick) => known[pick % known.length]))];
  return planFeatures(
    [
      ...first,
      operatingModes({ by: [a, b], standardise: [...new Set([c, ...others])] }),
      healthyBaseline([...new Set([a, ...others])]),
      healthyBaseline([`${c}_inMode`, b], { name: "mode" }),
      principalComponents([...new Set([a, b, c, ...others])]),
      residualOf(c, { given: [a, b] }),
      clip([...new Set([a, ...others])]),
    ],
    schema,
  );
}

async function fit(rows: Rows, specs: readonly FeatureSpec[], picks: readonly number[], train: Uint32Array) {
  const plan = planOf(rows, specs, picks);
  const fleet = makeFleet(rows);
  const cutoffs = cutoffsAt(fleet, at);
  const raw = await computeFeatures(plan, fleet, cutoffs);
  const labelState = Uint8Array.from(cutoffs.cutoff, (cutoff) => Number(cutoff % 5 === 0));
  return { fleet, cutoffs, raw, featurizer: fitFeaturizer(plan, fleet, cutoffs, raw, train, { labelState }) };
}

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });
const everyRow = Uint32Array.from({ length: 2 * at.length }, (_, row) => row);

test("a stored featurizer of any plan gives the bits of the matrix it was fitted on, whole and row by row", async () => {
  let learned = 0;
  await fc.assert(
    fc.asyncProperty(randomRows(), allSpecs, picks, async (rows, specs, picks) => {
      const { featurizer, fleet, cutoffs, raw } = await fit(rows, specs, picks, everyRow);
      const read = readFeaturizer(JSON.parse(canonicalJson(featurizerToJson(featurizer))));
      const bits = bitsOf(applyFeaturizer(featurizer, raw));
      assert.deepEqual(bitsOf(await featurize(read, fleet, cutoffs)), bits);
      for (const row of [0, at.length, everyRow.length - 1]) {
        const one = bitsOf(applyFeaturizer(read, takeRows(raw, Uint32Array.of(row))));
        for (const [name, [bit]] of Object.entries(one)) assert.equal(bit, bits[name][row], name);
      }
      if (featurizer.outputs.some((node) => node.from === "residual" && node.learned !== null)) learned++;
    }),
    property,
  );
  // Else the property says little.
  assert.ok(learned > property.numRuns / 4, `${learned}`);
});

test("nothing of machines outside training, or after its last cutoff, reaches what was fitted", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows(), randomRows(), allSpecs, picks, async (rows, other, specs, picks) => {
      const end = at[at.length - 1];
      const merged = <Row extends { machine?: string; time: number }>(ours: readonly Row[], theirs: readonly Row[]) => [
        ...ours.filter(({ machine, time }) => machine === "m1" && time < end),
        ...theirs.filter(({ machine, time }) => machine !== "m1" || time > end),
      ];
      const with_ = (theirs: Rows): Rows => ({
        ...rows,
        telemetry: {
          fast: merged(rows.telemetry.fast, theirs.telemetry.fast),
          slow: merged(rows.telemetry.slow, theirs.telemetry.slow),
        },
        // Kinds and values that only others have may be columns that a word is made of: here both show the same.
        events: {
          errors: merged(rows.events.errors, rows.events.errors),
          maintenance: merged(rows.events.maintenance, rows.events.maintenance),
          failures: merged(rows.events.failures, rows.events.failures),
        },
      });
      const train = everyRow.slice(0, at.length);
      const first = await fit(with_(rows), specs, picks, train);
      const second = await fit(with_(other), specs, picks, train);
      assert.equal(featurizerHash(second.featurizer), featurizerHash(first.featurizer));
    }),
    property,
  );
});
