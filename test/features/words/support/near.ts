/** Holds numbers against a reference. */
import assert from "node:assert/strict";

/** Each within `tolerance` of the expected one, relative to the larger of it and `scale` (default: 1e-300, the number alone). */
export function assertNear(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  scale = 1e-300,
): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const most = tolerance * Math.max(Math.abs(expected[i]), scale);
    assert.ok(Math.abs(found[i] - expected[i]) <= most, `[${i}] is ${found[i]}, the reference ${expected[i]}`);
  }
}
