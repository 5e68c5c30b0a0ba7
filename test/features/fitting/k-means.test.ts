import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kMeans, nearest, type Points } from "../../../src/features/fitting/k-means.ts";

const line = (...values: number[]): Points => ({ values: Float64Array.from(values), size: 1 });

test("clusters that stand apart are found, each centre the mean of its points, in order", () => {
  assert.deepEqual([...kMeans(line(9, 1, 2, 10, 3, 50, 11), 3).values], [2, 10, 50]);
});

test("centres are ordered by their first coordinate, then the next", () => {
  const values = Float64Array.of(5, 9, 5, 9, 1, 2, 1, 2, 5, 3, 5, 3);
  assert.deepEqual([...kMeans({ values, size: 2 }, 3).values], [1, 2, 5, 3, 5, 9]);
});

test("there are no more centres than distinct points", () => {
  assert.deepEqual([...kMeans(line(4, 4, 7, 4), 3).values], [4, 7]);
  assert.deepEqual([...kMeans(line(4, 4), 1).values], [4]);
});

test("a point as near to two centres belongs to the first", () => {
  assert.deepEqual(nearest(line(2), 0, Float64Array.of(1, 3)), { centre: 0, square: 1 });
});

test("every centre is the mean of the points that are nearest to it", () => {
  const points = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 20 });
  fc.assert(
    fc.property(points, fc.integer({ min: 1, max: 4 }), (values, k) => {
      const centres = [...kMeans(line(...values), k).values];
      const owner = values.map((value) => {
        const [first, second] = centres
          .map((centre, i) => ({ i, distance: Math.abs(value - centre) }))
          .sort((a, b) => a.distance - b.distance);
        // A point between two centres may belong to either.
        fc.pre(second === undefined || second.distance - first.distance > 1e-9);
        return first.i;
      });
      for (const [i, centre] of centres.entries()) {
        const own = values.filter((_, point) => owner[point] === i);
        assert.ok(own.length > 0);
        assert.ok(Math.abs(own.reduce((sum, value) => sum + value, 0) / own.length - centre) < 1e-9);
      }
    }),
    { seed: 20150301, numRuns: 300 },
  );
});
