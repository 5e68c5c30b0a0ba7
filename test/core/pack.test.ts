import assert from "node:assert/strict";
import { test } from "node:test";
import { ForewarnError } from "../../src/core/errors.ts";
import { pack, unpack } from "../../src/core/pack.ts";

test("a packed value comes back as it was, shared arrays as one array", () => {
  const time = Float64Array.of(1, Number.NaN, -0);
  const value = {
    none: new Float64Array(0),
    a: [1, "é", null, true],
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

test("any flipped bit of a packed value is found", () => {
  const bytes = pack({ a: Float64Array.of(1, 2, 3), b: "text" });
  for (let i = 0; i < bytes.length; i++) {
    const damaged = bytes.slice();
    damaged[i] ^= 1 << (i % 8);
    assert.throws(
      () => unpack(damaged),
      (error) => error instanceof ForewarnError && error.code === "DATA_PACK_DAMAGED",
    );
  }
  assert.throws(() => unpack(bytes.subarray(0, 20)), ForewarnError);
});
