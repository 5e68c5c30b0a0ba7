/** Bins. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { binColumns } from "../../../src/training/gbdt/bins.ts";

function binned(values: readonly number[], maxBins: number, weight: readonly number[] = values.map(() => 1)) {
  const matrix = { rows: values.length, names: ["x"], columns: [Float32Array.from(values)] };
  return binColumns({ matrix, weight: Float64Array.from(weight) }, maxBins);
}

test("few values have a bin each, parted at the midpoints", () => {
  const { codes, thresholds, bins } = binned([3, 1, 8, 3, Number.NaN], 255);
  assert.deepEqual([...codes], [1, 0, 2, 1, 3]);
  assert.deepEqual([...thresholds[0]].slice(0, 2), [2, 5.5]);
  assert.equal(bins[0], 3);
});

test("many values share bins of equal weight", () => {
  const { codes } = binned([1, 2, 3, 4, 5, 6, 7, 8, 9], 3);
  assert.deepEqual([...codes], [0, 0, 0, 1, 1, 1, 2, 2, 2]);
  const weighted = binned([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, [7, 1, 1, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual([...weighted.codes], [0, 1, 1, 1, 1, 2, 2, 2, 2]);
});

test("a value that most rows have takes one bin and leaves the others to the rest", () => {
  const values = [...new Array<number>(100).fill(0), 1, 2, 3, 4, 5, 6];
  assert.deepEqual([...binned(values, 4).codes].slice(99), [0, 1, 1, 2, 2, 3, 3]);
});

test("neighbouring float32 values are parted, whichever of them their midpoint rounds to", () => {
  for (const [low, high] of [
    [1, 1 + 2 ** -23],
    [1 + 2 ** -23, 1 + 2 ** -22],
  ]) {
    const { codes, thresholds } = binned([low, high], 255);
    assert.deepEqual([...codes], [0, 1]);
    assert.equal(thresholds[0][0], low);
  }
});

test("a code says on which side of every threshold a value lies", () => {
  const value = fc.oneof(
    fc.float({ noNaN: true }),
    fc.integer({ min: -9, max: 9 }),
    fc.constantFrom(Number.NaN, -0, 0),
  );
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 2, maxLength: 60 }),
      fc.integer({ min: 2, max: 20 }),
      (values, maxBins) => {
        const { codes, thresholds, bins, source, hasMissing } = binned(values, maxBins);
        if (source.length === 0) return;
        assert.ok(bins[0] <= maxBins);
        const used = new Set(codes);
        assert.equal(used.size, bins[0] + hasMissing[0], "no bin is empty");
        values.forEach((x, row) => {
          if (Number.isNaN(x)) assert.equal(codes[row], bins[0]);
          else for (let b = 0; b < bins[0] - 1; b++) assert.equal(Math.fround(x) <= thresholds[0][b], codes[row] <= b);
        });
      },
    ),
    { numRuns: 500, seed: 11 },
  );
});
