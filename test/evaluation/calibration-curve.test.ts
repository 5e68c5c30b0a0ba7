import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { calibrationCurve } from "../../src/evaluation/calibration-curve.ts";

test("bins compare what was said with what came true", () => {
  const probability = Float64Array.of(0.9, 0.1, 0.1, 0.9);
  assert.deepEqual(calibrationCurve(Uint8Array.of(1, 0, 1, 0), probability, 10), [
    { predicted: 0.5, observed: 0.5, count: 4 },
  ]);
});

test("each bin holds as many expected failing rows, so that rare failures leave no crowd at 0", () => {
  // 1,000 rows at 1 % are expected to hold 10 failing ones, as are 100 rows at 10 % and 20 at 50 %.
  const probability = Float64Array.from({ length: 1_120 }, (_, row) => (row < 1_000 ? 0.01 : row < 1_100 ? 0.1 : 0.5));
  const positive = Uint8Array.from(probability, (p, row) => (p === 0.5 && row % 2 === 0 ? 1 : 0));
  const curve = calibrationCurve(positive, probability, 3);
  assert.deepEqual(
    curve.map(({ count, observed }) => [count, observed]),
    [
      [1_000, 0],
      [100, 0],
      [20, 0.5],
    ],
  );
  [0.01, 0.1, 0.5].forEach((p, bin) => {
    assert.ok(Math.abs(curve[bin].predicted - p) < 1e-12);
  });
});

test("equal probabilities share a bin", () => {
  const probability = Float64Array.from({ length: 100 }, (_, row) => (row < 90 ? 0.2 : 0.8));
  assert.deepEqual(
    calibrationCurve(new Uint8Array(100), probability).map(({ count }) => count),
    [90, 10],
  );
});

test("a bin that would be expected to hold fewer than 5 failing rows is not made", () => {
  const probability = Float64Array.from({ length: 120 }, (_, row) => 0.1 + row / 10_000);
  assert.equal(calibrationCurve(new Uint8Array(120), probability).length, 2);
  assert.equal(calibrationCurve(new Uint8Array(20), probability.subarray(0, 20)).length, 1);
});

test("rows none of which is given a chance are one bin, no rows none", () => {
  assert.deepEqual(calibrationCurve(Uint8Array.of(0, 1), Float64Array.of(0, 0)), [
    { predicted: 0, observed: 0.5, count: 2 },
  ]);
  assert.deepEqual(calibrationCurve(new Uint8Array(), new Float64Array()), []);
});

test("every row is in exactly one bin, bins rise, and their cuts do not depend on what came true or on the order of rows", () => {
  const row = fc.record({ p: fc.integer({ min: 0, max: 100 }), fails: fc.boolean() });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 300 }), fc.integer({ min: 1, max: 12 }), (rows, bins) => {
      const probability = Float64Array.from(rows, ({ p }) => p / 100);
      const positive = Uint8Array.from(rows, ({ fails }) => (fails ? 1 : 0));
      const curve = calibrationCurve(positive, probability, bins);
      assert.ok(curve.length <= bins);
      assert.equal(
        curve.reduce((sum, { count }) => sum + count, 0),
        rows.length,
      );
      const failing = curve.reduce((sum, { observed, count }) => sum + observed * count, 0);
      assert.ok(Math.abs(failing - positive.reduce((a, b) => a + b, 0)) < 1e-9);
      for (let bin = 1; bin < curve.length; bin++) assert.ok(curve[bin].predicted > curve[bin - 1].predicted);
      const cuts = (list: typeof curve) => list.map(({ count }) => count);
      assert.deepEqual(
        cuts(
          calibrationCurve(
            positive.map((x) => 1 - x),
            probability,
            bins,
          ),
        ),
        cuts(curve),
      );
      // Sums of floats depend on order only among equal probabilities, which are equal.
      assert.deepEqual(cuts(calibrationCurve(positive.toReversed(), probability.toReversed(), bins)), cuts(curve));
    }),
    { seed: 4, numRuns: 200 },
  );
});
