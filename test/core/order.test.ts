import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareBytes } from "../../src/core/order.ts";

test("strings are ordered by their UTF-8 bytes, not by a locale and not by UTF-16", () => {
  const names = ["", "10", "9", "Z", "Z1", "a", "é", "\uFFFD", "\u{1F600}"];
  assert.deepEqual([...names].reverse().sort(compareBytes), names);
});

test("the order is that of the encoded bytes for any two strings", () => {
  const text = fc.string({ unit: "binary", maxLength: 6 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.equal(Math.sign(compareBytes(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { seed: 20150301, numRuns: 500 },
  );
});
