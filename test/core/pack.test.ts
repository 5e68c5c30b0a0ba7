import assert from "node:assert/strict";
import { test } from "node:test";
import { pack, unpack } from "../../src/core/pack.ts";

test("a packed value comes back as it was, shared arrays as one array", () => {
  const time = Float64Array.of(1, Number.NaN, -0);
  const value = {
    none: new Float64Array(0),
    a: [1, "é", null, true, -0],
    time,
    known: time,
    codes: Uint32Array.of(7),
    empty: new Float32Array(0),
    low: Number.NEGATIVE_INFINITY,
  };
  // A Buffer is what files are read as; it may be a view of a larger pool.
  const back = unpack(Buffer.concat([Buffer.of(1), pack(value)]).subarray(1)) as typeof value;
  assert.deepEqual(back, value);
  assert.deepEqual(unpack(pack(value)), value);
  assert.equal(back.time, back.known);
  assert.ok(Object.is(back.time[2], -0));
});

test("a key may be called anything", () => {
  const odd = Object.fromEntries(
    ["$number", "$array", "$$array", "$", "__proto__", "constructor", ""].map((key) => [key, { [key]: 1 }]),
  );
  const back = unpack(pack(odd)) as Record<string, unknown>;
  assert.deepEqual(Object.entries(back), Object.entries(odd));
});

test("bytes of something else are refused", () => {
  for (const text of ["", "rubbish", "forewarn-pack-0\n12345678{}"]) {
    assert.throws(() => unpack(new TextEncoder().encode(text)), { code: "DATA_NOT_PACKED" });
  }
});
