import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { symmetricEigen } from "../../../src/features/fitting/symmetric-eigen.ts";

const entry = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -100, max: 100, noNaN: true }));

test("each vector is turned into its value times itself, all are at right angles, values descend", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.array(entry, { minLength: 28, maxLength: 28 }), (size, entries) => {
      const matrix = new Float64Array(size * size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = entries[(i * (i + 1)) / 2 + j];
      }
      const largest = Math.max(...matrix.map(Math.abs), 1e-300);
      const { values, vectors } = symmetricEigen(matrix, size);
      for (const [k, vector] of vectors.entries()) {
        for (let i = 0; i < size; i++) {
          const turned = vector.reduce((sum, component, j) => sum + matrix[i * size + j] * component, 0);
          assert.ok(Math.abs(turned - values[k] * vector[i]) <= 1e-12 * largest);
        }
        for (const [l, other] of vectors.entries()) {
          const product = vector.reduce((sum, component, i) => sum + component * other[i], 0);
          assert.ok(Math.abs(product - (k === l ? 1 : 0)) <= 1e-13);
        }
        assert.ok(k === 0 || values[k] <= values[k - 1]);
        assert.equal(
          vector.find((component) => Math.abs(component) === Math.max(...vector.map(Math.abs))),
          Math.max(...vector.map(Math.abs)),
        );
      }
    }),
    { seed: 20150301, numRuns: 300 },
  );
});

test("the largest component of a vector is positive, the first of equal ones", () => {
  // Eigenvectors (1, -1) and (1, 1), each up to its sign.
  const { values, vectors } = symmetricEigen(Float64Array.of(2, -1, -1, 2), 2);
  assert.deepEqual(values.map(Math.round), [3, 1]);
  assert.ok(vectors[0][0] > 0 && vectors[0][1] < 0 && vectors[1].every((component) => component > 0));
});

test("a diagonal matrix is its own answer, equal values in the order of their places", () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 1), 3);
  assert.deepEqual(values, [5, 1, 1]);
  assert.deepEqual(vectors, [
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ]);
});
