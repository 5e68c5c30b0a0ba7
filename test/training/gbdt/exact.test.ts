/** What makes a model's bits independent of the order of additions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { random } from "../../../src/core/random.ts";
import { ceilLog2, exactWeightedSum, floorLog2, powerOfTwo } from "../../../src/training/exact.ts";
import { roundToGrid } from "../../../src/training/gbdt/grid.ts";
import { addTree, type TreeModel } from "../../../src/training/gbdt/trees.ts";
import { gbdt } from "../../../src/training/index.ts";
import { BINARY, CLASSES, fit, LIFE, trainingSet } from "../data.ts";

/** A score that is 0 or within the range of normal float32. */
const scoreUpTo = (most: number): fc.Arbitrary<number> =>
  fc.double({ min: -most, max: most, noNaN: true }).map((score) => (Math.abs(score) < 1e-30 ? 0 : score));

for (const task of [BINARY, CLASSES, LIFE]) {
  test(`${task.kind}: base and leaves added in float32, in any order, give the raw score to the bit`, async () => {
    const set = trainingSet(task, 400, 21);
    const model = (await fit(gbdt({ trees: 60, leaves: 8, minRows: 5 }), set)) as TreeModel;
    const { base, trees, features } = model.ensemble;
    const columns = features.map((name) => set.matrix.columns[set.matrix.names.indexOf(name)]);
    const raw = model.raw(set.matrix);
    const numbers = random(3);
    for (let output = 0; output < base.length; output++) {
      const own = trees.filter((_, i) => i % base.length === output);
      const leaves = own.map((tree) => {
        const scores = new Float64Array(400);
        addTree(tree, columns, scores);
        return scores;
      });
      for (let row = 0; row < 400; row += 7) {
        for (let turn = 0; turn < 5; turn++) {
          const terms = [base[output], ...leaves.map((scores) => scores[row])];
          let sum = 0;
          while (terms.length > 0) {
            const [term] = terms.splice(turn === 0 ? 0 : numbers.integer(terms.length), 1);
            sum = Math.fround(sum + Math.fround(term));
          }
          assert.equal(sum, raw[row * base.length + output]);
        }
      }
    }
  });
}

test("the grid is the finest on which every sum is a float32", () => {
  fc.assert(
    fc.property(
      scoreUpTo(200),
      fc.array(fc.array(scoreUpTo(3), { minLength: 1, maxLength: 4 }), { maxLength: 20 }),
      (base, trees) => {
        const rounded = roundToGrid(
          base,
          trees.map((values) => Float64Array.from(values)),
        );
        const reachOf = (first: number, leaves: readonly (readonly number[])[]): number =>
          leaves.reduce((sum, values) => sum + Math.max(...values.map(Math.abs)), Math.abs(first));
        const after = reachOf(
          rounded.base,
          rounded.leaves.map((values) => [...values]),
        );
        const before = reachOf(base, trees);
        if (before === 0) return;
        // Rounding may push the sum over a power of two; then, and only then, the grid is one step coarser.
        const exponent = floorLog2(Math.max(before, after)) + 1;
        const step = powerOfTwo(exponent - 24);
        for (const value of [rounded.base, ...rounded.leaves.flatMap((values) => [...values])]) {
          assert.ok(Number.isInteger(value / step));
        }
        rounded.leaves.forEach((values, t) => {
          for (const [leaf, value] of values.entries()) assert.ok(Math.abs(value - trees[t][leaf]) <= step / 2);
        });
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

test("leaves are rounded to multiples of 2^-k with the largest possible k", () => {
  // 3 + 0.5 + 0.25 lies below 4 = 2^2, so k is 22.
  const third = 1 / 3;
  const { base, leaves } = roundToGrid(3, [Float64Array.of(0.5, -third), Float64Array.of(0.25, -0)]);
  assert.equal(base, 3);
  assert.deepEqual([...leaves[0]], [0.5, -Math.round(third * 2 ** 22) / 2 ** 22]);
  assert.deepEqual([...leaves[1]], [0.25, 0]);
});

test("a sum that rounding lifts to the next power of two takes the coarser grid", () => {
  const below = 1 - 2 ** -26;
  const { base } = roundToGrid(below, []);
  assert.equal(base, 1);
  const { leaves } = roundToGrid(below, [Float64Array.of(2 ** -24)]);
  assert.ok(Number.isInteger(leaves[0][0] * 2 ** 23));
});

test("floorLog2, ceilLog2 and powerOfTwo are exact", () => {
  for (let k = -1000; k <= 1000; k += 37) {
    const power = powerOfTwo(k);
    assert.equal(power, 2 ** k);
    assert.deepEqual([floorLog2(power), ceilLog2(power)], [k, k]);
    assert.deepEqual([floorLog2(power * 1.0000001), ceilLog2(power * 1.0000001)], [k, k + 1]);
    assert.deepEqual([floorLog2(power * 0.9999999), ceilLog2(power * 0.9999999)], [k - 1, k]);
  }
  assert.equal(floorLog2(5e-324), -1074);
});

test("an exact weighted sum does not depend on the order", () => {
  const numbers = random(1);
  const values = Float64Array.from({ length: 999 }, () => numbers.normal() * 10 ** numbers.integer(9));
  const weight = Float64Array.from({ length: 999 }, () => 1 + numbers.integer(5));
  const total = weight.reduce((sum, w) => sum + w, 0);
  const sum = exactWeightedSum(values, weight, total);
  assert.equal(exactWeightedSum(values.toReversed(), weight.toReversed(), total), sum);
  const plain = values.reduce((running, value, i) => running + value * weight[i], 0);
  const size = values.reduce((running, value, i) => running + Math.abs(value * weight[i]), 0);
  assert.ok(Math.abs(sum - plain) < 1e-10 * size);
});
