import assert from "node:assert/strict";
import { test } from "node:test";
import { hashJson } from "../../../src/core/json.ts";
import { meanSilhouette } from "../../../src/features/fitting/silhouette.ts";
import { clip } from "../../../src/features/words/clip.ts";
import { healthyBaseline } from "../../../src/features/words/healthy-baseline.ts";
import { operatingModes } from "../../../src/features/words/operating-modes.ts";
import { principalComponents } from "../../../src/features/words/principal-components.ts";
import { residualOf } from "../../../src/features/words/residual-of.ts";
import { fitOn, of } from "./support/fit-on.ts";
import { reference } from "./support/fitted-reference.ts";
import { assertNear } from "./support/near.ts";

const { columns: sensors, healthy } = reference;
const all = Object.keys(sensors);
// Healthy rows are the first; those after them are training rows too, but not known to be healthy.
const labelState = sensors[all[0]].map((_, row) => (row < healthy ? 0 : 1 + (row % 2)));
/** A float32 column, and doubles in the state. */
const [EMITTED, STATE] = [2e-7, 1e-10];

test("the distance from healthy rows is scipy's Mahalanobis distance, at any shrinkage", () => {
  for (const { shrinkage, distance } of reference.mahalanobis) {
    const { columns, node } = fitOn(sensors, [healthyBaseline(all.map(of), { shrinkage })], { labelState });
    // Columns that nearly move in lockstep take some digits of the inverse that the reference is made with.
    assertNear(columns["baseline_mahalanobis"], distance, 2 * EMITTED);
    assertNear(node("mahalanobis").learned?.means ?? [], reference.mean, STATE);
    assertNear(node("mahalanobis").learned?.scales ?? [], reference.sd, STATE);
  }
});

test("without a given shrinkage it is the one that Schäfer and Strimmer recommend", () => {
  const { columns } = fitOn(sensors, [healthyBaseline(all.map(of))], { labelState });
  assertNear(columns["baseline_mahalanobis"], reference.recommended.distance, EMITTED);
});

test("principal components are those of numpy's singular values: loadings, variances, error, T squared, scores", () => {
  for (const { count, loadings, variances, error, tSquared, scores } of reference.components) {
    const spec = principalComponents(all.map(of), { components: count, scores: true });
    const { columns, node } = fitOn(sensors, [spec], { labelState });
    const { learned } = node("components");
    for (const [i, loading] of loadings.entries()) assertNear(learned?.loadings[i] ?? [], loading, STATE, 1);
    assertNear(learned?.variances ?? [], variances, STATE);
    assertNear(columns["components_error"], error, EMITTED, 1e-3);
    assertNear(columns["components_t2"], tSquared, EMITTED);
    for (const [i, score] of scores.entries()) assertNear(columns[`components_score_${i + 1}`], score, EMITTED, 1e-3);
  }
});

test("as many components are kept as hold the share of the variance asked for", () => {
  const { shares } = reference.components[0];
  for (const [i, share] of shares.entries()) {
    const kept = (explained: number) =>
      fitOn(sensors, [principalComponents(all.map(of), { explained })], { labelState }).node("components").learned
        ?.variances.length;
    if (share < 1) assert.equal(kept(share + 1e-9), i + 2);
    assert.equal(kept(share - 1e-9), i + 1);
  }
});

test("the residual is that of scipy's least squares with an intercept", () => {
  const spec = residualOf(of("temperature"), { given: ["load", "pressure", "vibration"].map(of) });
  const { columns, node } = fitOn(sensors, [spec], { labelState });
  assertNear(node("residual").learned?.coefficients ?? [], reference.residual.coefficients, 1e-8);
  assertNear(columns["temperature_last_1c_residual"], reference.residual.residual, 1e-6, 1e-2);
});

test("clipping is at numpy's quantiles of all training rows", () => {
  const { shares, values } = reference.quantiles;
  for (const name of all) {
    for (let i = 0; i + 1 < shares.length; i++) {
      const [from, to] = [shares[i], shares[i + 1]];
      const { columns, node } = fitOn(sensors, [clip(of(name), { from, to })], { labelState });
      const [low, high] = [values[name][i], values[name][i + 1]];
      const { bounds } = node("clipped");
      assertNear([bounds?.low ?? 0, bounds?.high ?? 0], [low, high], 1e-14);
      const clipped = sensors[name].map((value) => Math.min(high, Math.max(low, value)));
      assertNear(columns[`${of(name)}_clipped`], clipped, EMITTED);
    }
  }
});

test("operating modes are scipy's clusters, and a column is standardised within them", () => {
  const { settings, value, centres, mode, inMode } = reference.modes;
  const found = { a: settings[0], b: settings[1], value };
  for (const modes of [3, "auto"] as const) {
    const spec = operatingModes({ by: [of("a"), of("b")], modes, standardise: of("value") });
    const { columns, node } = fitOn(found, [spec]);
    assert.equal(node("modes").centres.length, 3);
    for (const [i, centre] of centres.entries()) assertNear(node("modes").centres[i], centre, STATE);
    for (const i of [0, 1, 2]) {
      assert.deepEqual(
        columns[`mode_${i + 1}`],
        mode.map((number) => (number === i ? 1 : 0)),
      );
    }
    assertNear(columns["value_last_1c_inMode"], inMode, EMITTED, 1e-2);
  }
});

test("the silhouette is that of all distances", () => {
  const { points, centres, mean } = reference.silhouette;
  const of = (values: number[]) => ({ values: Float64Array.from(values), size: 1 });
  assertNear([meanSilhouette(of(points), of(centres))], [mean], 1e-14);
});

test("what is learned, and what it gives, has the same bits on every machine", () => {
  const specs = [
    operatingModes({ by: [of("load"), of("speed")], modes: 3, standardise: of("temperature") }),
    healthyBaseline(all.map(of)),
    principalComponents(all.map(of), { components: 3, scores: true }),
    residualOf(of("temperature"), { given: ["load", "pressure", "vibration"].map(of) }),
    clip(all.map(of)),
  ];
  const { featurizer, columns } = fitOn(sensors, specs, { labelState });
  assert.equal(hashJson(featurizer.outputs), "d546950a867ee061f6629b87ca9cefa9a4919e4d8e5e6344521407de01d93b91");
  assert.equal(hashJson(columns), "01be866d7cf0454758d426ba40291e86cc09ee856f9e2fe0675b077fed12b67b");
});
